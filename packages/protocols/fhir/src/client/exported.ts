import type { FhirResource } from "../index.ts";
import { readContent } from "./answer.ts";
import type { ExportFile, ExportState } from "./export-state.ts";
import { fhirErrors } from "./errors.ts";
import { isGone } from "./exporting.ts";
import { asResource } from "./fhir-answer.ts";
import { isOutcome, issuesOf } from "./issues.ts";
import { linesOf } from "./lines.ts";
import { type Notice, noticeOf } from "./notices.ts";
import { openFollowed } from "./redirects.ts";
import { retryDelayMs } from "./retry.ts";
import type { CallOptions, Site } from "./site.ts";
import { wait } from "./waiting.ts";

/** One thing that an export gave, and the state behind it: who keeps that goes on with the next. */
export type Exported =
  | { readonly kind: "resource"; readonly resource: FhirResource; readonly state: ExportState }
  /** A Bundle of what was deleted since the time that was asked for. */
  | { readonly kind: "deleted"; readonly resource: FhirResource; readonly state: ExportState }
  | { readonly kind: "notice"; readonly notice: Notice; readonly state: ExportState };

/**
 * Reads the files of an export that is ready, line by line, from where the state stands.
 *
 * A file whose connection ends is begun again, and what was given already is skipped. Nothing is
 * skipped otherwise: a line that is no resource is a notice.
 *
 * @throws {TrestleError} `fhir.exportUnfinished` for a state without files, `fhir.exportGone`.
 */
export async function* exported(
  site: Site,
  state: ExportState,
  options: CallOptions = {},
): AsyncGenerator<Exported, void> {
  if (state.files === undefined) throw fhirErrors.exportUnfinished({ interaction: "export" });
  let { readFiles, readLines } = state;
  for (const file of state.files.slice(readFiles)) {
    for await (const line of fileLines(site, { file, state, readLines }, options)) {
      const before = { ...state, readFiles, readLines };
      readLines += 1;
      yield* givenBy(site, { line, file, before, state: { ...before, readLines } });
    }
    readFiles += 1;
    readLines = 0;
  }
}

interface Line {
  readonly line: string;
  readonly file: ExportFile;
  readonly before: ExportState;
  /** Behind the line. */
  readonly state: ExportState;
}

function* givenBy(site: Site, { line, file, before, state }: Line): Generator<Exported, void> {
  const content = readContent(line);
  if (content.shape !== "fhir") {
    const issue = { severity: "error", type: "structure" } as const;
    yield { kind: "notice", notice: { kind: "other", mayMiss: true, issue }, state };
    return;
  }
  const resource = asResource(content.resource);
  if (isOutcome(resource)) {
    const issues = issuesOf(resource);
    for (const [index, issue] of issues.entries()) {
      // The line is read when its last issue was told.
      const here = index === issues.length - 1 ? state : before;
      yield { kind: "notice", notice: noticeOf(issue, site.dialect), state: here };
    }
  } else yield { kind: file.kind === "deleted" ? "deleted" : "resource", resource, state };
}

/** The lines of a file behind those that were read, over as many connections as it takes. */
async function* fileLines(
  site: Site,
  {
    file,
    state,
    readLines,
  }: { readonly file: ExportFile; readonly state: ExportState; readonly readLines: number },
  { signal }: CallOptions,
): AsyncGenerator<string, void> {
  let given = readLines;
  for (let attempt = 1; ; attempt += 1) {
    try {
      for await (const line of linesFrom(site, { file, state, skip: given }, signal)) {
        given += 1;
        yield line;
      }
      return;
    } catch (error) {
      await beforeAnotherTry(site, error, { attempt, signal });
    }
  }
}

async function* linesFrom(
  site: Site,
  {
    file,
    state,
    skip,
  }: { readonly file: ExportFile; readonly state: ExportState; readonly skip: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<string, void> {
  const body = await openFollowed(site, {
    purpose: { interaction: "export", ...typeOf(file) },
    method: "GET",
    url: site.addresses.follow(file.url),
    accept: "application/fhir+ndjson",
    withoutToken: state.needsToken === false,
    signal,
  });
  try {
    let line = 0;
    for await (const text of linesOf(body.chunks, site.settings.bulk.maxLineBytes)) {
      line += 1;
      if (line > skip) yield text;
    }
  } finally {
    body.close();
  }
}

/** Waits where the file may be tried again; throws where not. */
async function beforeAnotherTry(
  { settings, clock, random }: Site,
  error: unknown,
  { attempt, signal }: { readonly attempt: number; readonly signal: AbortSignal | undefined },
): Promise<void> {
  if (isGone(error)) throw fhirErrors.exportGone({ interaction: "export" }, error);
  const spacing = { ...settings.retry, maxAttempts: settings.bulk.maxFileAttempts };
  const delayMs = retryDelayMs(error, attempt, { spacing, clock, random });
  if (delayMs === undefined) throw error;
  await wait(clock, delayMs, signal);
}

function typeOf({ type }: ExportFile): { readonly type?: string } {
  return /^[A-Z][A-Za-z]{1,63}$/u.test(type) ? { type } : {};
}
