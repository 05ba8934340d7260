import { expect, test } from "vitest";
import { operationOutcome, outcomeCodes, outcomeIssue, systemAt } from "@trestle/epic";

const system = systemAt({ customerId: 0, environment: "hosted" }, "outcomeCode");

test("an outcome has its members in the order that is seen on the wire", () => {
  const issue = outcomeIssue(system, "59159", {
    diagnostics: "This resource requires demographics or _id parameter for searching.",
    element: "demographics/_id",
  });
  expect(JSON.stringify(operationOutcome([issue]))).toBe(
    '{"resourceType":"OperationOutcome","issue":[{"severity":"fatal","code":"business-rule","details":{"coding":[{"system":"urn:oid:1.2.840.114350.1.13.0.1.7.2.657369","code":"59159","display":"The content/operation failed to pass a business rule, and so could not proceed."}],"text":"The content/operation failed to pass a business rule, and so could not proceed."},"diagnostics":"This resource requires demographics or _id parameter for searching.","location":["/f:demographics/_id"],"expression":["demographics/_id"]}]}',
  );
});

test("location and expression are there only where an element is to blame", () => {
  expect(Object.keys(outcomeIssue(system, "4101"))).toEqual(["severity", "code", "details"]);
});

test("a code that stands beside the one that decides only informs", () => {
  expect(outcomeIssue(system, "59008", { severity: "information" }).severity).toBe("information");
});

test.each([
  { code: "4101", severity: "warning", issue: "processing", status: 200 },
  { code: "4118", severity: "fatal", issue: "processing", status: 403 },
  { code: "59008", severity: "fatal", issue: "not-found", status: 404 },
  { code: "59012", severity: "fatal", issue: "not-supported", status: 422 },
  { code: "59013", severity: "fatal", issue: "multiple-matches", status: 400 },
  { code: "59100", severity: "information", issue: "invalid", status: 200 },
  { code: "59102", severity: "fatal", issue: "invalid", status: 400 },
  { code: "59108", severity: "fatal", issue: "required", status: 400 },
  { code: "59109", severity: "information", issue: "value", status: 200 },
  { code: "59138", severity: "fatal", issue: "not-supported", status: 400 },
  { code: "59159", severity: "fatal", issue: "business-rule", status: 400 },
  { code: "59189", severity: "fatal", issue: "duplicate", status: 400 },
  { code: "59204", severity: "warning", issue: "suppressed", status: 200 },
  { code: "59205", severity: "warning", issue: "suppressed", status: 200 },
] as const)("2.6 $code is $severity, $issue, $status", ({ code, ...known }) => {
  expect(outcomeCodes[code]).toMatchObject(known);
});
