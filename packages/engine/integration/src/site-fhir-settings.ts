import { fhirClientSettings } from "@trestle/fhir/client-settings";
import { z } from "zod";

/** The FHIR side of one environment of a site: its server, every limit towards it, and who we are. */
export const siteFhirSettings = fhirClientSettings.safeExtend({
  clientId: z
    .string()
    .min(1)
    .max(256)
    .describe("The application's id at this environment. It signs in with the keys of the hub."),
  dialect: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/u)
    .default("standard")
    .describe("Whose departures from the standard are evened out."),
  parameters: z
    .record(z.string().min(1), z.string().describe("Its value."))
    .default({})
    .describe("Added to the query of every address, such as the practice of a tenant."),
  scopes: z
    .array(z.string().min(1))
    .optional()
    .describe("What is asked for at sign-in; what integration.yaml names where left out."),
  approved: z
    .array(z.string().min(1).max(500))
    .optional()
    .describe(
      "What the hospital said that it approved, as scopes. What is needed or asked for beyond it is a finding of `trestle scopes`.",
    ),
  maxOpenSearches: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1000)
    .describe("Searches that may be read page by page at a time; the one unused longest ends."),
  searchIdleSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .default(600)
    .describe("How long the next page of a search may be asked for after the one before it."),
  statisticsMinutes: z
    .int()
    .min(1)
    .max(1440)
    .default(60)
    .describe("How far back requests count in the site's statistics."),
  maxStatistics: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe("How many requests count in the site's statistics, the newest."),
});

export type SiteFhirSettings = z.infer<typeof siteFhirSettings>;

const { budget, throttle } = siteFhirSettings.shape;

/** The same where not all of it must stand in one layer. */
export const siteFhirLayer = siteFhirSettings
  .partial({ baseUrl: true, clientId: true })
  .extend({
    budget: budget
      .unwrap()
      .partial()
      .optional()
      .describe(budget.description ?? ""),
    throttle: throttle
      .unwrap()
      .partial()
      .optional()
      .describe(throttle.description ?? ""),
  })
  .describe("What the environments of sites have in common under fhir.");
