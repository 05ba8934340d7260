import { type Phi, phi } from "@trestle/base";
import type { OperationOutcome, OperationOutcomeIssue } from "../index.ts";

/** One issue of an OperationOutcome, with what may name a patient under guard. */
export interface Issue {
  readonly severity: "fatal" | "error" | "warning" | "information";
  /** FHIR's code, such as `not-found`. */
  readonly type: string;
  /** The server's own code, where it gives one. */
  readonly code?: string;
  /** The element or parameter to blame, where it is told by its name alone. */
  readonly at?: string;
  /** The server's words: diagnostics, else the text of the details. They may quote the request. */
  readonly text?: Phi<string>;
}

/**
 * The issues of an OperationOutcome. A narrative stands in for one that has no issues.
 *
 * Codes and places that do not look like such stay out, for they leave the guard.
 */
export function issuesOf(outcome: OperationOutcome): readonly Issue[] {
  const listed: unknown = outcome.issue;
  if (Array.isArray(listed) && listed.length > 0) return outcome.issue.map(issueOf);
  const narrative = outcome.text?.div;
  return narrative === undefined
    ? []
    : [{ severity: "error", type: "unknown", text: phi(narrative) }];
}

/** Whether this is an OperationOutcome. */
export function isOutcome(resource: unknown): resource is OperationOutcome {
  return (
    typeof resource === "object" &&
    resource !== null &&
    "resourceType" in resource &&
    resource.resourceType === "OperationOutcome"
  );
}

/** Whether the issue says that the request failed. */
export function isFatal({ severity }: Issue): boolean {
  return severity === "fatal" || severity === "error";
}

function issueOf({
  severity,
  code: type,
  details,
  diagnostics,
  expression,
}: OperationOutcomeIssue): Issue {
  const code = details?.coding?.find(({ code }) => isCode(code))?.code;
  const at = expression?.[0];
  const text = diagnostics ?? details?.text;
  return {
    severity: severities.has(severity) ? severity : "error",
    type: isCode(type) ? type : "unknown",
    ...(code === undefined ? {} : { code }),
    ...(at !== undefined && /^[A-Za-z][\w./[\]-]{0,99}$/u.test(at) ? { at } : {}),
    ...(text === undefined ? {} : { text: phi(text) }),
  };
}

function isCode(text: unknown): text is string {
  return typeof text === "string" && /^[\w-]{1,40}$/u.test(text);
}

const severities: ReadonlySet<string> = new Set(["fatal", "error", "warning", "information"]);
