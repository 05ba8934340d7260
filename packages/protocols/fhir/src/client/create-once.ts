import { TrestleError } from "@trestle/base";
import type { FhirResource } from "../index.ts";
import { type SearchParameters, queryOf } from "./addresses.ts";
import { fhirErrors, kindOf } from "./errors.ts";
import { read } from "./reading.ts";
import type { ResourceType } from "./resources.ts";
import { search } from "./searching.ts";
import type { CallOptions, Site } from "./site.ts";
import { wait } from "./waiting.ts";
import { type Written, create } from "./writing.ts";

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
  const existing = isConditional
    ? undefined
    : await lookFor<T>(site, resource.resourceType, options);
  if (existing !== undefined) return existing;
  const condition = isConditional ? { ifNoneExist: options.find } : {};
  const file = async () => {
    const filed = await create(site, resource, { ...condition, ...signalOf(options) });
    return readBack<T>(site, { ...filed, type: resource.resourceType }, options);
  };
  try {
    return await file();
  } catch (error) {
    if (!(error instanceof TrestleError)) throw error;
    const found = await afterFailure(site, resource, { error, options });
    if (found !== undefined) return found;
    if (isConditional) return file();
    throw fhirErrors.unsettled({ interaction: "create", type: resource.resourceType }, error);
  }
}

/** What is there after a failure; undefined where looking found nothing. */
async function afterFailure<T extends FhirResource>(
  site: Site,
  { resourceType: type }: T,
  { error, options }: { readonly error: TrestleError; readonly options: CreateOnceOptions<T> },
): Promise<CreatedOnce<T> | undefined> {
  if (error.code === "fhir.alreadyThere") {
    return (await lookFor<T>(site, type, options)) ?? { outcome: "existing" };
  }
  if (error.code === "fhir.conflicting") throw fhirErrors.severalMatch({ type }, error);
  if (error.failure !== "ambiguous") throw error;
  const looks = site.dialect.hidesCreated.includes(type) ? 0 : (options.maxLooks ?? DEFAULT_LOOKS);
  for (let look = 1; look <= looks; look += 1) {
    const delayMs = 1000 * (options.lookAfterSeconds ?? DEFAULT_LOOK_AFTER_SECONDS);
    await wait(site.clock, delayMs, options.signal);
    const found = await lookFor<T>(site, type, options);
    if (found !== undefined) return { ...found, outcome: "created" };
  }
  return undefined;
}

async function lookFor<T extends FhirResource>(
  site: Site,
  type: T["resourceType"],
  { find, isSame, ...options }: CreateOnceOptions<T>,
): Promise<CreatedOnce<T> | undefined> {
  const found = search(site, { type, parameters: find }, signalOf(options));
  const { matches } = await found.all({ maxMatches: MAX_LOOKED_AT });
  const same = (matches as readonly FhirResource[] as readonly T[]).filter(
    (match) => isSame?.(match) ?? true,
  );
  if (same.length > 1) throw fhirErrors.severalMatch({ type, matches: same.length });
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
  } catch (error) {
    // It is filed; to read it back takes a right of its own, and some show it only later.
    const kind = error instanceof TrestleError ? kindOf(error) : undefined;
    if (kind === "permission" || kind === "notFound") return { outcome, id };
    throw error;
  }
}

function signalOf({ signal }: CallOptions): CallOptions {
  return signal === undefined ? {} : { signal };
}

const DEFAULT_LOOKS = 3;
const DEFAULT_LOOK_AFTER_SECONDS = 5;
const MAX_LOOKED_AT = 1000;
