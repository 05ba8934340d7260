import type { OperationOutcome, OperationOutcomeIssue } from "../index.ts";
import { type Issue, issuesOf } from "./issues.ts";

/**
 * The issues of an OperationOutcome in XML, for refusals from servers that did not get the Accept
 * header. Reads what decides about a failure and nothing else of XML.
 *
 * @see FHIR R4, 2.6.1: elements stand in the order of their definition.
 */
export function issuesInXml(text: string): readonly Issue[] {
  if (!/<OperationOutcome[\s>]/u.test(text.slice(0, 1024))) return [];
  // Behind the last end there is no whole issue, and each beginning there would be read to the end.
  const whole = text.slice(0, text.lastIndexOf("</issue>", MAX_LENGTH) + "</issue>".length);
  const issue = [...whole.matchAll(/<issue>(?<inner>.*?)<\/issue>/gsu)].map(({ groups }) =>
    issueIn(groups?.["inner"] ?? ""),
  );
  return issuesOf({ resourceType: "OperationOutcome", issue } satisfies OperationOutcome);
}

/** The first code is the issue's own, the second that of its details. */
function issueIn(inner: string): OperationOutcomeIssue {
  const [type = "unknown", code] = valuesOf(inner, "code");
  const [severity = "error"] = valuesOf(inner, "severity");
  const [diagnostics] = valuesOf(inner, "diagnostics");
  return {
    severity: severity as OperationOutcomeIssue["severity"],
    code: type as OperationOutcomeIssue["code"],
    ...(code === undefined ? {} : { details: { coding: [{ code }] } }),
    ...(diagnostics === undefined ? {} : { diagnostics }),
  };
}

function valuesOf(inner: string, name: string): readonly string[] {
  const pattern = new RegExp(`<${name}\\s+value="(?<value>[^"]*)"`, "gu");
  return [...inner.matchAll(pattern)].map(({ groups }) => groups?.["value"] ?? "");
}

const MAX_LENGTH = 65_536;
