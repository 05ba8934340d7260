import type { FhirResource } from "@trestle/fhir";

/** What one code of the table means. */
export interface OutcomeCode {
  readonly severity: "fatal" | "warning" | "information";
  /** FHIR's issue type. */
  readonly issue: IssueType;
  /** Stands in `coding.display` and in `details.text`. */
  readonly display: string;
  /** HTTP status of an answer that this code decides. */
  readonly status: number;
}

/** What is told beside the code. */
export interface IssueFacts {
  readonly diagnostics?: string;
  /** The element to blame, such as `identifier (ssn)`. */
  readonly element?: string;
  /** Where a code stands beside another one that decides, it is only information. */
  readonly severity?: OutcomeCode["severity"];
}

export type OutcomeIssue = OperationOutcome["issue"][number];

export type OperationOutcome = Extract<FhirResource, { resourceType: "OperationOutcome" }>;

/**
 * One issue, in the shape and the order of members that Epic writes.
 *
 * @param system The site's system of outcome codes, see `systemAt`.
 */
export function outcomeIssue(
  system: string,
  code: OutcomeCodeName,
  { diagnostics, element, severity }: IssueFacts = {},
): OutcomeIssue {
  const known: OutcomeCode = outcomeCodes[code];
  return {
    severity: severity ?? known.severity,
    code: known.issue,
    details: { coding: [{ system, code, display: known.display }], text: known.display },
    ...(diagnostics === undefined ? {} : { diagnostics }),
    ...(element === undefined ? {} : { location: [`/f:${element}`], expression: [element] }),
  };
}

/** The resource around issues. */
export function operationOutcome(issue: readonly OutcomeIssue[]): OperationOutcome {
  return { resourceType: "OperationOutcome", issue: [...issue] };
}

type IssueType = OutcomeIssue["code"];

function fatal(issue: IssueType, display: string, status = 400): OutcomeCode {
  return { severity: "fatal", issue, display, status };
}

function warning(issue: IssueType, display: string): OutcomeCode {
  return { severity: "warning", issue, display, status: 200 };
}

function information(issue: IssueType, display: string): OutcomeCode {
  return { severity: "information", issue, display, status: 200 };
}

const invalidContent = "Content invalid against the specification or a profile.";
const notAuthorized = "The authenticated user is not authorized to view the requested data.";

/**
 * The codes that Epic answers with. Codes that are not bound to one severity stand with the one that
 * they are seen with most.
 */
export const outcomeCodes = {
  "4100": fatal("invalid", "The resource request contained an invalid parameter."),
  "4101": warning("processing", "Resource request returns no results."),
  "4102": fatal("not-found", "The read resource request contained an invalid ID.", 404),
  "4103": fatal("deleted", "The resource requested has been deleted.", 410),
  "4104": fatal("exception", "A required FHIR element was not available to send.", 500),
  "4107": fatal("processing", "The read resource request has been merged.", 302),
  "4110": fatal("required", "No parameters are provided in the search request."),
  "4111": fatal("required", "Required search parameter missing from request."),
  "4112": fatal("invalid", "The resource request contained an invalid combination of parameters."),
  "4113": fatal("processing", "Session ID for cached search results has expired."),
  "4115": fatal("value", "Required search parameter has an invalid value."),
  "4116": fatal("processing", "The query changed within a search session."),
  "4117": warning("processing", "No CVX code for Immunization resource."),
  "4118": fatal("processing", notAuthorized, 403),
  "4119": warning(
    "processing",
    "This response includes information available to the authorized user at the time of the request. It may not contain the entire record available in the system.",
  ),
  "4122": warning("processing", "An unknown query parameter was supplied by the client."),
  "4127": fatal("too-costly", "Additional data may exist."),
  "4130": fatal(
    "suppressed",
    "Break-the-Glass security does not authorize you to access the selected patient/resource.",
    403,
  ),
  "4131": fatal(
    "suppressed",
    "The patient is restricted. You must break the glass to access patient data.",
    403,
  ),
  "4134": information("suppressed", "Restricted patient. You must Break-the-Glass to view."),
  "4135": fatal("throttled", "Please try again tomorrow.", 403),
  "40000": fatal("processing", "Incoming table mapping error."),
  "59007": warning("processing", "The resource could not be exported."),
  "59008": fatal("not-found", "The FHIR ID provided was not found.", 404),
  "59011": fatal("multiple-matches", "Multiple high-confidence matches were found."),
  "59012": fatal("not-supported", "The value of a modifier element is not supported.", 422),
  "59013": fatal("multiple-matches", "Only low-confidence matches were found."),
  "59100": information("invalid", invalidContent),
  "59101": warning("invalid", invalidContent),
  "59102": fatal("invalid", invalidContent),
  "59105": fatal("structure", "A structural issue in the content."),
  "59108": fatal("required", "A required element is missing."),
  "59109": information("value", "An element or header value is invalid."),
  "59111": fatal("value", "An element or header value is invalid."),
  "59130": fatal("processing", "Error processing Bulk Data request."),
  "59133": information("processing", "Processing issues."),
  "59134": fatal("processing", "Processing issues."),
  "59136": fatal("processing", "Error processing Bulk Data Kickoff request."),
  "59138": fatal("not-supported", "The value of a parameter is not supported."),
  "59141": fatal("duplicate", "An attempt was made to create a duplicate record."),
  "59144": fatal("not-found", "The reference provided was not found.", 404),
  "59159": fatal(
    "business-rule",
    "The content/operation failed to pass a business rule, and so could not proceed.",
  ),
  "59176": fatal("not-found", "The Bulk Data request was not found.", 404),
  "59177": fatal("exception", "An unexpected internal error has occurred.", 500),
  "59187": fatal("not-found", "Failed to find any patient-entered flowsheets."),
  "59188": fatal("not-found", "Failed to find one vital-signs flowsheet row by given codes."),
  "59189": fatal("duplicate", "Failed to file the reading."),
  "59200": fatal("processing", "The Cadence Decision Tree was unable to determine a Visit Type."),
  "59204": warning(
    "suppressed",
    "The authenticated client's search request applies to a sub-resource that the client is not authorized for. Results of this sub-type will not be returned.",
  ),
  "59205": warning(
    "suppressed",
    "The authenticated user's search request applies to a sub-resource that the user is not authorized to view. Results of this sub-type will not be returned.",
  ),
} as const satisfies Readonly<Record<string, OutcomeCode>>;

export type OutcomeCodeName = keyof typeof outcomeCodes;
