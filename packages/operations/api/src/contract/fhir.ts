import { z } from "zod";
import { defineRoute } from "./define-route.ts";
import { instant, problem } from "./shapes.ts";

const site = z.string().max(100);
const resourceType = z.string().regex(/^[A-Z][A-Za-z]{1,63}$/u, "must be a resource type");
const parameters = z
  .record(z.string().max(200), z.union([z.string(), z.array(z.string())]))
  .describe("Search parameters, as FHIR R4 names them.");
const resource = z.json().describe("FHIR R4: what was asked for, or an OperationOutcome.");

/** What the site said of an answer that is good, but perhaps not whole. */
const fhirNotice = z.strictObject({
  kind: z.string().describe("Such as applicationLacksAccess; stable."),
  mayMiss: z.boolean().describe("Whether something that exists may be missing."),
  code: z.string().describe("The site's own code; empty where it gave none."),
  text: z.string().describe("What it means."),
  hint: z.string().describe("What to do about it, and at whom."),
  missing: z
    .array(z.string())
    .optional()
    .describe("What the site would have to grant, by its own names, where that is known."),
  part: z
    .string()
    .optional()
    .describe("The part of the search that it is about, such as category=laboratory."),
});

/** A read or a search as a person writes it: `Patient/123`, `Observation?patient=123`. */
export const siteQuery: RegExp =
  /^\/?(?<type>[A-Z][A-Za-z]{1,63})(?:\/(?<id>[^/?]{1,300})|\?(?<search>.*))?$/u;

const meaning = z
  .string()
  .optional()
  .describe("What the site's own code tells there, where more is known than the hint says.");

export const searchSiteFhir = defineRoute({
  name: "searchSiteFhir",
  method: "GET",
  path: "/api/v1/sites/:site/fhir/:type",
  summary:
    "Search at a site over FHIR, within the scopes and elements of integration.yaml. What may be missing stands in the header Trestle-Warnings.",
  needs: "fhir.read",
  params: z.strictObject({ site, type: resourceType }),
  query: parameters,
  reply: resource,
  media: "fhir",
});

export const readSiteFhir = defineRoute({
  name: "readSiteFhir",
  method: "GET",
  path: "/api/v1/sites/:site/fhir/:type/:id",
  summary:
    "Read one resource at a site over FHIR, within the scopes and elements of integration.yaml.",
  needs: "fhir.read",
  params: z.strictObject({ site, type: resourceType, id: z.string().min(1).max(256) }),
  reply: resource,
  media: "fhir",
});

const latency = z.strictObject({ p50: z.number(), p95: z.number(), p99: z.number() });

export const scopeRow = z.strictObject({
  scope: z.string(),
  needed: z.boolean(),
  requested: z.boolean(),
  approved: z.boolean().optional().describe("Absent where no approval is written down."),
  granted: z.boolean(),
  used: z.int().describe("Requests that it stood for and that the site answered."),
  refused: z.int().describe("Those that the site refused."),
  lastDay: z.string().optional().describe("The last day on which it was used."),
  findings: z.array(
    z.enum(["missing", "notRequested", "notApproved", "notNeeded", "unused", "refused"]),
  ),
});

export const siteFhir = z.strictObject({
  site,
  url: z.string().describe("FHIR base of the environment."),
  dialect: z.string(),
  software: z.string().describe("What answers, with its version; empty where not known."),
  fhirVersion: z.string(),
  checkedAt: instant.optional().describe("When the site last said what it can."),
  capabilities: z.array(
    z.strictObject({
      type: z.string(),
      interactions: z.array(z.string()),
      searchParameters: z.array(z.string()),
    }),
  ),
  scopes: z.strictObject({
    needed: z.array(z.string()),
    requested: z.array(z.string()).describe("Asked for at sign-in."),
    granted: z.array(z.string()),
    met: z.array(z.string()).describe("Needed and granted."),
    missing: z.array(z.string()).describe("Needed and not granted."),
    surplus: z.array(z.string()).describe("Granted and not needed."),
    observed: z
      .strictObject({ scopes: z.array(z.string()), at: instant })
      .optional()
      .describe("What the last token that was received granted; kept over restarts."),
    days: z.int().describe("Within how many days use counts."),
    measuredSince: z
      .string()
      .optional()
      .describe("The day on which the first request was measured; absent before it."),
    rows: z
      .array(scopeRow)
      .describe("Every scope that somebody names, those needed first, with what is wrong with it."),
  }),
  token: z.strictObject({
    state: z
      .enum(["none", "valid", "refused", "failed"])
      .describe("`refused` by the site; `failed` without its answer."),
    expiresAt: instant.optional(),
  }),
  requests: z.strictObject({
    windowMinutes: z.int(),
    count: z.int(),
    latencyMs: latency.optional(),
    failures: z.array(z.strictObject({ kind: z.string(), count: z.int() })),
    lastFailure: z
      .string()
      .optional()
      .describe("What kind of failure the newest request was; absent where it was answered."),
  }),
  load: z
    .strictObject({
      maxConcurrent: z.int(),
      throttle: z
        .strictObject({ requestsPerSecond: z.number(), burst: z.int() })
        .optional()
        .describe("How fast requests may begin; absent where nothing is said of it."),
      budget: z
        .strictObject({ peakRequestsPerHour: z.int(), offPeakRequestsPerHour: z.int() })
        .optional()
        .describe("What was agreed for an hour; absent where nothing is said of it."),
    })
    .describe("How much the hub asks of the site at most, by its site.yaml."),
  problem: problem.optional().describe("Why the site cannot be asked at the moment."),
});

export const listSitesFhir = defineRoute({
  name: "listSitesFhir",
  method: "GET",
  path: "/api/v1/fhir-sites",
  summary: "Sites that answer over FHIR, each with its state.",
  needs: "fhir.watch",
  reply: z.strictObject({
    items: z.array(
      siteFhir.pick({ site: true, url: true, dialect: true, token: true, requests: true }),
    ),
  }),
});

export const getSiteFhir = defineRoute({
  name: "getSiteFhir",
  method: "GET",
  path: "/api/v1/fhir-sites/:site",
  summary: "What a site can over FHIR, what is granted there, and how it answers.",
  needs: "fhir.watch",
  params: z.strictObject({ site }),
  query: z.strictObject({
    days: z.coerce
      .number()
      .int()
      .min(1)
      .max(3650)
      .default(30)
      .describe("Within how many days the use of scopes counts."),
  }),
  reply: siteFhir,
});

export const querySiteFhir = defineRoute({
  name: "querySiteFhir",
  method: "POST",
  path: "/api/v1/fhir-sites/:site/query",
  summary: "Ask a site as the application would, with what it remarks explained.",
  needs: "fhir.read",
  params: z.strictObject({ site }),
  body: z.strictObject({
    query: z
      .string()
      .trim()
      .max(2000)
      .regex(
        siteQuery,
        "must be a resource type with an id or with parameters, such as Patient/123 or Observation?patient=123&category=laboratory",
      )
      .describe("Such as Patient/123 or Observation?patient=123&category=laboratory."),
  }),
  reply: z.strictObject({
    status: z.int(),
    durationMs: z.number(),
    notices: z.array(fhirNotice.extend({ meaning })),
    problem: z
      .strictObject({
        code: z.string(),
        hint: z.string().describe("What to do about it."),
        siteCode: z.string().optional().describe("The site's own code for why it refused."),
        meaning,
      })
      .optional()
      .describe("Why there is no answer, or the site refused."),
    page: z
      .strictObject({
        matches: z.int().describe("On this page. Servers count differently what there is in all."),
        next: z.string().optional().describe("The query for the page behind; absent on the last."),
      })
      .optional()
      .describe("Of a search."),
    text: z
      .string()
      .describe("FHIR R4 as JSON, laid out for reading; decimals have the digits of the site."),
  }),
});

export type SiteFhir = z.infer<typeof siteFhir>;
export type FhirNotice = z.infer<typeof fhirNotice>;
export type ScopeRow = z.infer<typeof scopeRow>;
