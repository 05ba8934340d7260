import { TrestleError } from "@trestle/base";
import type { FhirResource } from "../index.ts";
import { type SearchParameters, queryOf } from "./addresses.ts";
import { fhirErrors } from "./errors.ts";
import { read } from "./reading.ts";
import type { ResourceType } from "./resources.ts";
import { search } from "./searching.ts";
import type { CallOptions, Site } from "./site.ts";
import { wait } from "./waiting.ts";
import { type CreateOptions, type Written, create } from "./writing.ts";

/** How a resource is created that must not be there twice. */
export interface CreateOnceOptions<T> extends CallOptions {
  /** The search that finds it, if it is there. */
  readonly find: SearchParameters;
  /** Whether what was found is the same; left out: everything that was found is. */
  readonly isSame?: (found: T) => boolean;
  /** Wait before a look at whether a create with an unknown end was filed. */
  readonly lookAfterSeconds?: number;
  /** Looks after a create with an unknown end. */
  readonly maxLooks?: number;
}

/** What became of it. */
export interface CreatedOnce<T> {
  readonly outcome: "created" | "existing";
  readonly id?: string;
  /** As the server has it; missing where it neither gives it back nor lets it be read. */
  readonly resource?: T;
}

/**
 * Creates a resource unless it is there: conditionally where the server can, else by looking first
 * and reading back.
 *
 * A create whose end is unknown is looked for. Only where the server keeps to the condition is it sent
 * again; where it does not, a late first one would make two. Two calls with the same search wait for
 * each other; two processes do not.
 *
 * @throws {TrestleError} `fhir.severalMatch`; `fhir.unsettled` where looking found nothing: it may
 * still come, so that repeating it is for a person to decide.
 */
export function createOnce<T extends FhirResource>(
  site: Site,
  resource: T,
  options: CreateOnceOptions<T>,
): Promise<CreatedOnce<T>> {
  const key = `${resource.resourceType}?${queryOf(options.find)}`;
  return site.turns.after(key, () => createInTurn(site, resource, options));
}

async function createInTurn<T extends FhirResource>(
  site: Site,
  resource: T,
  options: CreateOnceOptions<T>,
): Promise<CreatedOnce<T>> {
  // The server's own condition cannot ask `isSame`.
  const isConditional = site.dialect.createsConditionally && options.isSame === undefined;
  const type = resource.resourceType;
  const existing = isConditional ? undefined : await lookFor<T>(site, type, options);
  if (existing !== undefined) return existing;
  const condition = isConditional ? { ifNoneExist: options.find } : {};
  try {
    return await file<T>(site, resource, { condition, options });
  } catch (error) {
    if (!(error instanceof TrestleError) || error.failure !== "ambiguous") throw error;
    const found = await lookAgain<T>(site, type, options);
    if (found !== undefined) return found;
    if (!isConditional) throw unsettled(type, error);
  }
  return file<T>(site, resource, { condition, options }).catch((error: unknown) => {
    // That the second was surely not accepted says nothing about the first.
    const isSettled = !(error instanceof TrestleError) || error.code === "fhir.severalMatch";
    throw isSettled ? error : unsettled(type, error);
  });
}

async function file<T extends FhirResource>(
  site: Site,
  resource: T,
  {
    condition,
    options,
  }: { readonly condition: CreateOptions; readonly options: CreateOnceOptions<T> },
): Promise<CreatedOnce<T>> {
  const type = resource.resourceType;
  let filed: Written<T>;
  try {
    filed = await create(site, resource, { ...condition, ...signalOf(options) });
  } catch (error) {
    if (!(error instanceof TrestleError)) throw error;
    if (error.code === "fhir.conflicting") throw fhirErrors.severalMatch({ type }, error);
    if (error.code !== "fhir.alreadyThere") throw error;
    return (await lookAfter<T>(site, type, options)) ?? { outcome: "existing" };
  }
  return readBack<T>(site, { ...filed, type }, options);
}

/** What is there after a create whose end is unknown; undefined where looking found nothing. */
async function lookAgain<T extends FhirResource>(
  site: Site,
  type: T["resourceType"],
  options: CreateOnceOptions<T>,
): Promise<CreatedOnce<T> | undefined> {
  const looks = site.dialect.hidesCreated.includes(type) ? 0 : (options.maxLooks ?? DEFAULT_LOOKS);
  for (let look = 1; look <= looks; look += 1) {
    const delayMs = 1000 * (options.lookAfterSeconds ?? DEFAULT_LOOK_AFTER_SECONDS);
    await wait(site.clock, delayMs, options.signal);
    const found = await lookAfter<T>(site, type, options);
    if (found !== undefined) return { ...found, outcome: "created" };
  }
  return undefined;
}

function unsettled(type: string, error: TrestleError): TrestleError {
  return fhirErrors.unsettled({ interaction: "create", type }, error);
}

/** As `lookFor`. A look that fails finds nothing: its failure is not that of the create before it. */
async function lookAfter<T extends FhirResource>(
  site: Site,
  type: T["resourceType"],
  options: CreateOnceOptions<T>,
): Promise<CreatedOnce<T> | undefined> {
  try {
    return await lookFor<T>(site, type, options);
  } catch (error) {
    if (!(error instanceof TrestleError) || error.code === "fhir.severalMatch") throw error;
    return undefined;
  }
}

async function lookFor<T extends FhirResource>(
  site: Site,
  type: T["resourceType"],
  { find, isSame, ...options }: CreateOnceOptions<T>,
): Promise<CreatedOnce<T> | undefined> {
  const same: T[] = [];
  for await (const found of search(site, { type, parameters: find }, signalOf(options))) {
    if (found.kind !== "match") continue;
    const match = found.resource as FhirResource as T;
    if (isSame?.(match) ?? true) same.push(match);
    if (same.length > 1) throw fhirErrors.severalMatch({ type, matches: same.length });
  }
  const [resource] = same;
  if (resource === undefined) return undefined;
  return {
    outcome: "existing",
    resource,
    ...(resource.id === undefined ? {} : { id: resource.id }),
  };
}

async function readBack<T extends FhirResource>(
  site: Site,
  { type, id, resource, isNew }: Written<T> & { readonly type: ResourceType },
  options: CallOptions,
): Promise<CreatedOnce<T>> {
  const outcome = isNew ? "created" : "existing";
  if (id === undefined) return { outcome, ...(resource === undefined ? {} : { resource }) };
  if (resource !== undefined) return { outcome, id, resource };
  try {
    const filed = await read(site, { type, id }, signalOf(options));
    return { outcome, id, resource: filed as FhirResource as T };
  } catch {
    // It is filed, whatever became of the look at it: that takes a right of its own, some servers
    // show it only later, and an error here would make it be sent again.
    return { outcome, id };
  }
}

function signalOf({ signal }: CallOptions): CallOptions {
  return signal === undefined ? {} : { signal };
}

const DEFAULT_LOOKS = 3;
const DEFAULT_LOOK_AFTER_SECONDS = 5;
