import { reveal } from "@trestle/base";
import type { FhirAnswer, FhirNotice } from "@trestle/gateway";
import type { Dependencies } from "./dependencies.ts";
import { apiErrors } from "./errors.ts";
import type { Caller } from "./handler.ts";

/** FHIR that may be sent: what a site answered, or why there is no answer. */
export interface DisclosedFhir {
  readonly status: number;
  /** A resource, printed. */
  readonly text: string;
  readonly notices: readonly FhirNotice[];
  /** How long to wait before the same is asked again, where that may help. */
  readonly retryAfterSeconds?: number;
  /** Why there is no answer. */
  readonly problem?: FhirProblem;
}

/** Why a site did not answer, or refused. */
export interface FhirProblem {
  readonly code: string;
  readonly hint: string;
  /** The site's own code, such as 59159. */
  readonly siteCode?: string;
}

/**
 * Keeps a record of what a site has answered before anybody sees it. Resources are not masked in
 * part: a person says why they look before the site is asked.
 *
 * The promise resolves after the record would survive a power cut.
 */
export async function recordAnswer(
  answer: FhirAnswer,
  { caller, action }: { caller: Caller; action: string },
  { access }: Pick<Dependencies, "access">,
): Promise<DisclosedFhir> {
  await access.recordAccess({
    action,
    subjects: answer.subjects,
    person: caller.person,
    purpose: caller.purpose ?? "",
    reason: "",
  });
  const { status, json, notices } = answer;
  return { status, text: reveal(json), notices };
}

/** @throws {TrestleError} `api.purposeNeeded` for a person who does not say why they look. */
export function needPurpose(
  caller: Caller,
  { integration }: Pick<Dependencies, "integration">,
): void {
  const { maskUntilPurpose } = integration().settings.privacy;
  if (caller.person.role === "application" || caller.purpose !== undefined) return;
  if (maskUntilPurpose) throw apiErrors.purposeNeeded();
}
