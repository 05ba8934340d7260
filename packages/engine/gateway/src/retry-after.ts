import { type Clock, TrestleError } from "@trestle/base";
import { askedWaitMs, kindOf } from "@trestle/fhir/client";

/**
 * How long to wait before a site is asked the same again, in whole seconds from 1: as the site asks
 * for, or its limits in the hub say, or a guess where requests were too many. Undefined otherwise.
 */
export function retryAfterSeconds(error: unknown, clock: Clock): number | undefined {
  if (!(error instanceof TrestleError)) return undefined;
  const { waitSeconds, secondsLeft } = error.facts;
  const known = [waitSeconds, secondsLeft].find((each) => typeof each === "number");
  const askedMs = askedWaitMs(error, clock);
  const seconds = askedMs === undefined ? known : askedMs / 1000;
  if (seconds !== undefined) return Math.max(1, Math.ceil(seconds));
  return kindOf(error) === "quota" ? (guesses[error.code] ?? 10) : undefined;
}

const guesses: Readonly<Record<string, number>> = { "fhir.dailyQuotaSpent": 3600 };
