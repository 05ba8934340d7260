import { z } from "zod";
import { dataDefect } from "./defect.ts";

const breakTheGlass = z.enum(["4130", "4131", "4134"]);

/**
 * How one hospital's installation differs from another's: what is configured by the customer, what
 * changed from release to release, and what is only reported and not certain.
 */
export const siteSwitches = z.strictObject({
  release: z
    .string()
    .regex(
      /^(?:February|May|August|November) 20\d\d$/u,
      "must be February, May, August or November and a year, such as May 2026",
    )
    .default("May 2026")
    .describe("The installed release. Older ones have older shapes."),
  customerId: z.int().min(0).default(0).describe("The customer's number in its identifiers."),
  environment: z
    .enum(["hosted", "production", "nonproduction"])
    .default("hosted")
    .describe("Which environment the identifiers name."),
  fhirPath: z
    .string()
    .regex(/^\/[\w/-]*$/u)
    .default("/interconnect")
    .describe("Path in front of /api/FHIR/R4."),
  oauthPath: z
    .string()
    .regex(/^\/[\w/-]*$/u)
    .optional()
    .describe("Path in front of /oauth2; the one of FHIR where left out."),
  fhirBase: z
    .string()
    .regex(/^\/[\w/-]*\w$/u)
    .optional()
    .describe("Whole path of the FHIR interface, for a site that has none of the usual form."),
  oauthBase: z
    .string()
    .regex(/^\/[\w/-]*\w$/u)
    .optional()
    .describe("Whole path of authorize and token, for a site that has none of the usual form."),
  callsPerMinute: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe("Calls to FHIR in a minute; then 429. Without a limit where left out."),
  tokenFormat: z.enum(["jwt", "opaque"]).default("jwt").describe("Form of codes and tokens."),
  scopeSpelling: z
    .enum(["v1", "v2", "names"])
    .default("v2")
    .describe("How granted scopes are written; v2 came in August 2024."),
  offlineInScope: z
    .boolean()
    .default(false)
    .describe("Whether offline_access is among the granted scopes; it works all the same."),
  basicAuthentication: z
    .boolean()
    .default(true)
    .describe("Whether a name and a password of the hospital, `emp$LOGIN`, get in without OAuth."),
  registrationFails: z
    .enum(["invalid_grant", "invalid_request"])
    .optional()
    .describe("With what every registration of a copy fails, as at some sites."),
  launchSeconds: z.number().min(1).max(3600).default(300).describe("Life of a launch token."),
  codeSeconds: z.number().min(1).max(3600).default(300).describe("Life of an authorization code."),
  accessTokenSeconds: z.int().min(1).max(86_400).default(3600).describe("Life of an access token."),
  indefiniteAccess: z
    .boolean()
    .default(true)
    .describe("Whether a patient may let an application in without an end."),
  extraAudiences: z
    .array(z.string())
    .default([])
    .describe("Further `aud` that assertions may name, as sites behind a proxy allow."),
  propagationMinutes: z
    .number()
    .min(0)
    .max(10_080)
    .default(0)
    .describe("How long a client that was added is not known yet."),
  maxQueryBytes: z
    .int()
    .min(256)
    .max(65_536)
    .default(8192)
    .describe("Longer queries are refused by the web server in front."),
  audRequired: z.boolean().default(true).describe("Whether authorize wants `aud`."),
  httpsRedirects: z
    .boolean()
    .default(false)
    .describe("Whether codes go to https alone, as in production; a laptop has no certificate."),
  keyMode: z
    .enum(["jku", "static"])
    .default("jku")
    .describe("How clients give their keys: by an address (`jku`), or on record too (`static`)."),
  jwksCacheHours: z.number().min(0).max(29).default(29).describe("How long key sets are kept."),
  clockSkewSeconds: z.number().min(0).max(300).default(0).describe("Tolerance for assertions."),
  rollingRefresh: z.boolean().default(false).describe("Whether a refresh gives a new token."),
  userRights: z
    .array(z.string())
    .default([])
    .describe("Sub-types that users lack, such as `Observation (Labs)`: 59205."),
  breakTheGlassPatients: z
    .record(z.string(), breakTheGlass)
    .default({})
    .describe("Record numbers of restricted patients, with the code they answer by."),
  defects: z
    .array(dataDefect)
    .max(100)
    .default([])
    .describe("What is wrong with the data that FHIR shows. The same resources have it each time."),
  docDailyCap: z.int().min(1).optional().describe("Document queries a day; then 4135."),
  pageDefault: z.int().min(1).max(1000).default(1000).describe("Entries of a page."),
  sessionSeconds: z.number().min(0.1).max(86_400).default(600).describe("Life of a search; 4113."),
  totalIsPageLocal: z.boolean().default(true).describe("Whether a total counts its page alone."),
  pageParameter: z
    .string()
    .regex(/^[A-Za-z]{1,30}$/u)
    .default("sessionID")
    .describe("Name of the parameter by which `next` goes on."),
  membersAreListed: z
    .boolean()
    .default(true)
    .describe("Whether searches and exports find Observations that are members of another."),
  keepQueryInNext: z.boolean().default(false).describe("Whether `next` repeats the parameters."),
  absoluteReferences: z.boolean().default(false).describe("Whether references are absolute."),
  acceptDefault: z.enum(["xml", "json"]).default("xml").describe("Format where none is asked for."),
  olderOutcomeCodes: z
    .boolean()
    .default(false)
    .describe("Whether unknown ids are 4102, and unknown parameters get the warning 4122."),
  unknownType: z.enum(["iis-html", "outcome"]).default("iis-html").describe("Unknown types."),
  refusalBody: z
    .enum(["empty", "json"])
    .default("empty")
    .describe("What a 403 holds for an API that the client lacks; eClinicalWorks has JSON."),
  vitalsReplayFails: z.boolean().default(true).describe("Whether a repeated vital sign is 59189."),
  weeklyWipe: z
    .boolean()
    .default(false)
    .describe("Whether what clients have written is taken out every Sunday at 20:00."),
  patientCreateRequiredIds: z
    .array(z.string())
    .default(["ssn"])
    .describe("Identifiers without which no patient is created."),
  bulkWindowHours: z
    .number()
    .min(0)
    .max(8760)
    .default(24)
    .describe("Wait between exports; 0 none."),
  bulkRetryAfterSeconds: z
    .int()
    .min(0)
    .max(3600)
    .default(120)
    .describe("What an export that is not done says of when to ask again."),
  mrnTypeText: z.string().default("EPI").describe("What the type of record numbers is called."),
  wafRejectLocalhost: z
    .boolean()
    .default(false)
    .describe("Whether localhost in a query is refused."),
  postSearch: z
    .boolean()
    .default(true)
    .describe("Whether POST _search works; before 2026 it did not."),
});

export type SiteSwitches = z.infer<typeof siteSwitches>;
