import type { Health, SiteFhir } from "@trestle/api/contract";
import { countText } from "../../parts/number-text.ts";

type TokenState = SiteFhir["token"]["state"];

/** How a sign-in stands, as people read it. */
export const tokenWords: Readonly<Record<TokenState, { state: Health; word: string }>> = {
  none: { state: "neutral", word: "not asked for yet" },
  valid: { state: "good", word: "signed in" },
  refused: { state: "bad", word: "refused" },
  failed: { state: "bad", word: "failed" },
};

/** Requests of the window that failed, of all kinds. */
export function failureCount({ requests }: Pick<SiteFhir, "requests">): number {
  return requests.failures.reduce((sum, { count }) => sum + count, 0);
}

/** Kinds of failure as people read them, and where to look first. */
export const failureWords: Readonly<Record<string, string>> = {
  auth: "sign-in: client id, keys, clock",
  permission: "not allowed: scopes, the user’s rights, a protected record",
  validation: "request refused: parameters or content",
  notFound: "not found: ids, or a type that this site does not serve",
  conflict: "conflict: changed or there already",
  quota: "too many requests: the site’s limit or our budget",
  timeOut: "no answer in time",
  connection: "no connection: network, certificate, address",
  server: "fault of the server",
  answer: "an answer that is no FHIR",
};

/** How much is asked of the site at most, in a sentence. */
export function loadText({ maxConcurrent, throttle, budget }: SiteFhir["load"]): string {
  const parts = [
    `${countText(maxConcurrent)} at a time`,
    ...(throttle
      ? [
          `${countText(throttle.requestsPerSecond)} a second, ${countText(throttle.burst)} at once after a pause`,
        ]
      : []),
    ...(budget
      ? [
          `${countText(budget.peakRequestsPerHour)} an hour at the peak and ${countText(budget.offPeakRequestsPerHour)} off it`,
        ]
      : []),
  ];
  return `At most ${parts.join("; ")}.`;
}

/** Why the newest request found no site that answers; undefined where it found one. */
export function silenceOf({ requests }: Pick<SiteFhir, "requests">): string | undefined {
  const { lastFailure = "" } = requests;
  return silences.has(lastFailure) ? failureWords[lastFailure] : undefined;
}

/** Failures that are not about the request. */
const silences: ReadonlySet<string> = new Set(["timeOut", "connection", "server", "answer"]);

/** The situation in one sentence. */
export function siteSentence(title: string, site: SiteFhir): { state: Health; text: string } {
  if (site.problem !== undefined) return { state: "bad", text: `${title}: ${site.problem.text}` };
  if (site.token.state === "refused")
    return { state: "bad", text: `${title} will not let us sign in.` };
  if (site.token.state === "failed")
    return { state: "bad", text: `Signing in at ${title} failed.` };
  const silence = silenceOf(site);
  if (silence !== undefined)
    return { state: "bad", text: `${title} failed at the newest request: ${silence}.` };
  const { missing } = site.scopes;
  if (missing.length > 0)
    return { state: "warning", text: `${title} has not granted ${missing.length} of our scopes.` };
  return { state: "good", text: `${title} answers${site.software && `: ${site.software}`}.` };
}
