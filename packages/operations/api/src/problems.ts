import { TrestleError } from "@trestle/base";
import type { ProblemDetails } from "./contract/index.ts";
import { apiErrors } from "./errors.ts";

/** One thing that is wrong with a request: where, and what in words. Never the value itself. */
export interface Issue {
  readonly at: string;
  readonly text: string;
}

/**
 * What a failure answers. Failures that are not meant for callers become `api.internal`, which
 * tells nothing of them.
 *
 * @see RFC 9457, problem details for HTTP APIs
 */
export function problemOf(error: unknown, issues?: readonly Issue[]): ProblemDetails {
  const known = error instanceof TrestleError ? statuses[error.code] : undefined;
  if (known === undefined) return detailsOf(apiErrors.internal(), statuses["api.internal"]);
  return detailsOf(error as TrestleError, known, issues);
}

type Status = readonly [status: number, title: string, detail: string];

function detailsOf(
  error: TrestleError,
  [status, title, detail]: Status = [500, "Internal error", "The hub failed on this request."],
  issues?: readonly Issue[],
): ProblemDetails {
  const { code, hint } = error;
  const listed = issues ?? issuesOf(error);
  return {
    type: "about:blank",
    title,
    status,
    code,
    detail,
    hint,
    ...(listed.length === 0 ? {} : { issues: [...listed] }),
  };
}

/** Handlers name the part of a request that they could not use in the fact `at`. */
function issuesOf({ facts }: TrestleError): readonly Issue[] {
  const at = facts["at"];
  return typeof at === "string" ? [{ at, text: "Not understood." }] : [];
}

const noLink = (detail: string): Status => [403, "Not signed in", detail];
const noStore: Status = [503, "Unavailable", "The hub cannot store at the moment."];

const statuses: Readonly<Record<string, Status>> = {
  "api.badRequest": [400, "Bad request", "The request is not what this route takes."],
  "api.notJson": [415, "Not JSON", "The body is not JSON, or does not say that it is."],
  "api.notSignedIn": [401, "Not signed in", "This needs a session or the operator token."],
  "api.forbidden": [403, "Forbidden", "The role of this person does not allow it."],
  "api.foreignOrigin": [403, "Foreign origin", "The request comes from another site's page."],
  "api.foreignHost": [421, "Foreign host", "This hub does not answer under that host name."],
  "api.purposeNeeded": [403, "Purpose needed", "Patient data is shown to who says why they look."],
  "api.notFound": [404, "Not found", "There is nothing of that name."],
  "api.notDecidable": [409, "Not decidable", "The delivery is neither queued nor held."],
  "api.tooLarge": [413, "Too large", "The body is larger than this hub takes."],
  "api.tooMany": [429, "Too many", "The limit of requests or streams at once is reached."],
  "api.tooSlow": [503, "Too slow", "The request took longer than it may."],
  "api.unavailable": noStore,
  "api.internal": [500, "Internal error", "The hub failed on this request."],
  "access.linkUnknown": noLink("There is no such sign-in link."),
  "access.linkUsed": noLink("The sign-in link was used before."),
  "access.linkExpired": noLink("The sign-in link is too old."),
  "access.tooManyAttempts": [429, "Too many", "Too many sign-in attempts failed."],
  "channels.notFound": [404, "Not found", "There is no such message."],
  "channels.notReplayable": [409, "Not replayable", "The message was not accepted."],
  "gateway.unknownSite": [404, "Not found", "No site of this name answers over FHIR."],
  "hub.explainBusy": [503, "Busy", "Other explanations are being made."],
  "hub.promotionMoved": [409, "Moved on", "What waits is not what this approves any more."],
  "hub.nothingWaits": [409, "Nothing waits", "Production of this site is as the folder says."],
  "hub.noSettingsFile": [404, "Not found", "The integration folder can have no such file."],
  "hub.settingsMoved": [409, "Moved on", "The file is not the one any more that was loaded."],
  "hub.settingsNotReadable": [409, "Not readable", "The file cannot be read as it lies there."],
  "hub.stopping": [503, "Unavailable", "The hub is shutting down."],
  "hub.whatIfBusy": [409, "Busy", "Another comparison of revisions runs."],
  "journal.notStored": noStore,
  "probe.alreadyRunning": [409, "Already running", "A probe of this site is under way."],
  "probe.noSite": [404, "Not found", "No site of this name is configured."],
  "probe.otherEnvironment": [409, "Other environment", "This hub does not speak with that one."],
  "sqlite.notStored": noStore,
  "sqlite.closed": noStore,
};
