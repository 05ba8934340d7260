import { TrestleError } from "@trestle/base";
import type { OperationOutcome } from "@trestle/fhir";
import type { Gateway } from "@trestle/gateway";
import type { DisclosedFhir } from "./fhir-disclosure.ts";
import { problemOf } from "./problems.ts";

/**
 * What a failure answers where FHIR was asked for: an OperationOutcome with the code and the hint of
 * the problem that other routes would send.
 */
export function answerToFailure(
  error: unknown,
  { gateway }: { readonly gateway: Pick<Gateway, "failureStatus" | "retryAfterSeconds"> },
): DisclosedFhir {
  const { status, code, hint } = factsOf(error, gateway);
  const siteCode = siteCodeOf(error);
  const outcome: OperationOutcome = {
    resourceType: "OperationOutcome",
    issue: [
      {
        severity: "error",
        code: issueTypes[status] ?? "exception",
        details: {
          coding: [
            { system: "urn:trestle:problem", code },
            ...(siteCode === undefined
              ? []
              : [{ system: "urn:trestle:site-code", code: siteCode }]),
          ],
          text: hint,
        },
      },
    ],
  };
  const wait = gateway.retryAfterSeconds(error);
  return {
    status,
    text: JSON.stringify(outcome),
    notices: [],
    problem: { code, hint, ...(siteCode !== undefined && { siteCode }) },
    ...(wait !== undefined && { retryAfterSeconds: wait }),
  };
}

function factsOf(error: unknown, gateway: Pick<Gateway, "failureStatus">) {
  const status = gateway.failureStatus(error);
  if (status === undefined || !(error instanceof TrestleError)) return problemOf(error);
  return { status, code: error.code, hint: error.hint };
}

/** The site's own code for why it refused, such as 59159. Its words may name somebody. */
function siteCodeOf(error: unknown): string | undefined {
  if (!(error instanceof TrestleError) || !error.code.startsWith("fhir.")) return undefined;
  const { code } = error.facts;
  return code === undefined ? undefined : String(code);
}

const issueTypes: Readonly<Record<number, OperationOutcome["issue"][number]["code"]>> = {
  400: "invalid",
  401: "login",
  403: "forbidden",
  404: "not-found",
  409: "conflict",
  410: "deleted",
  429: "throttled",
  502: "transient",
  503: "transient",
  504: "timeout",
};
