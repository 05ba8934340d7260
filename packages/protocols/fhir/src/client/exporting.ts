import { TrestleError } from "@trestle/base";
import type { SearchParameters, SearchValue } from "./addresses.ts";
import { type Answer, readContent } from "./answer.ts";
import { type ExportState, startedExport, withManifest } from "./export-state.ts";
import { fhirErrors } from "./errors.ts";
import { notFhir } from "./fhir-answer.ts";
import { RefusedAnswer } from "./judge.ts";
import type { Outgoing } from "./outgoing.ts";
import { retryAfterMs } from "./retry-after.ts";
import type { CallOptions, Site } from "./site.ts";
import { wait } from "./waiting.ts";

/** What is exported. */
export interface ExportRequest extends CallOptions {
  /** Of a group of patients, of all patients, or of the whole system. */
  readonly of: { readonly group: string } | "patients" | "system";
  readonly types?: readonly string[];
  /** Searches that narrow types, such as `Observation?category=laboratory`. */
  readonly typeFilters?: readonly string[];
  /** Only what changed since; some servers ignore it and say so. FHIR instant. */
  readonly since?: string;
  /** Anything else that the server takes. */
  readonly parameters?: SearchParameters;
}

/**
 * Asks a server to begin an export.
 *
 * Not sent again where it may have begun, since servers take one in a while.
 */
export async function startExport(site: Site, request: ExportRequest): Promise<ExportState> {
  const { types, typeFilters, since, parameters, signal } = request;
  const query: Record<string, SearchValue | readonly SearchValue[] | undefined> = {
    _type: types?.join(","),
    _typeFilter: typeFilters,
    _since: since,
    ...parameters,
  };
  const answer = await site.sender.send({
    purpose,
    method: "GET",
    url: site.addresses.of(segmentsOf(request.of), query),
    headers: { prefer: "respond-async" },
    isWrite: true,
    signal,
  });
  const location = answer.contentLocation ?? answer.location;
  if (answer.status !== 202 || location === undefined) {
    throw notFhir(answer, readContent(answer.text), { purpose, isWrite: true });
  }
  return startedExport(site.addresses.follow(location), site.clock.now());
}

/** How an export is waited for. */
export interface AwaitOptions extends CallOptions {
  /** Told after every question, in the server's words. */
  readonly onProgress?: (progress: string) => void;
}

/**
 * Asks until the export is ready, as often as the server wishes, and gives the state with its files.
 *
 * @throws {TrestleError} `fhir.exportUnfinished` after horizonHours, `fhir.exportGone`, and what the
 * server says of an export that failed.
 */
export async function awaitExport(
  site: Site,
  state: ExportState,
  { onProgress, signal }: AwaitOptions = {},
): Promise<ExportState> {
  if (state.files !== undefined) return state;
  const latest = state.startedAt + site.settings.bulk.horizonHours * 3_600_000;
  for (;;) {
    const { ready, waitMs, progress } = await ask(site, state, signal);
    if (ready !== undefined) return ready;
    if (progress !== undefined) onProgress?.(progress);
    if (site.clock.now() + waitMs > latest) throw fhirErrors.exportUnfinished({ ...purpose });
    await wait(site.clock, waitMs, signal);
  }
}

/**
 * Ends an export and lets the server drop its files; also once they were read. One that the server
 * does not know any more is fine.
 */
export async function cancelExport(
  site: Site,
  { statusUrl }: ExportState,
  { signal }: CallOptions = {},
): Promise<void> {
  const url = site.addresses.follow(statusUrl);
  try {
    await site.sender.send({ purpose, method: "DELETE", url, signal });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

interface Asked {
  readonly ready?: ExportState;
  readonly progress?: string;
  readonly waitMs: number;
}

async function ask(
  site: Site,
  state: ExportState,
  signal: AbortSignal | undefined,
): Promise<Asked> {
  const url = site.addresses.follow(state.statusUrl);
  const outgoing: Outgoing = { purpose, method: "GET", url, accept: "application/json", signal };
  try {
    const answer = await site.sender.send(outgoing);
    const waitMs = pollWaitMs(site, answer.retryAfter);
    if (answer.status !== 202) return { ready: readyOf(state, answer), waitMs };
    return { waitMs, ...(answer.progress === undefined ? {} : { progress: answer.progress }) };
  } catch (error) {
    if (isGone(error)) throw fhirErrors.exportGone({ ...purpose }, error);
    // The server works on for hours while it, or the way to it, is down for some minutes.
    if (!(error instanceof TrestleError) || !isOutage(error)) throw error;
    const asked = error.cause instanceof RefusedAnswer ? error.cause.retryAfter : undefined;
    return { waitMs: pollWaitMs(site, asked) };
  }
}

function readyOf(state: ExportState, answer: Answer): ExportState {
  const content = readContent(answer.text);
  const value = content.shape === "json" ? content.value : undefined;
  const ready = withManifest(state, value);
  if (ready === undefined || value === undefined) throw notFhir(answer, content, { purpose });
  return ready;
}

function pollWaitMs({ settings: { bulk }, clock }: Site, header: string | undefined): number {
  const asked = retryAfterMs(header, clock.now()) ?? bulk.pollSeconds * 1000;
  return Math.max(1000, Math.min(asked, bulk.maxPollSeconds * 1000));
}

function segmentsOf(of: ExportRequest["of"]): readonly string[] {
  if (of === "system") return ["$export"];
  return of === "patients" ? ["Patient", "$export"] : ["Group", of.group, "$export"];
}

function isOutage({ failure, code }: TrestleError): boolean {
  return failure === "transient" && code !== "fhir.clientClosed";
}

/** Whether the server does not know the export, or a file of it, any more. */
export function isGone(error: unknown): boolean {
  const gone = ["fhir.notFound", "fhir.notServed", "fhir.deleted"];
  return error instanceof TrestleError && gone.includes(error.code);
}

const purpose = { interaction: "export" } as const;
