import { z } from "zod";
import { layerKeys, mergedKeys, timeZone } from "./layer-settings.ts";
import { siteFhirSettings } from "./site-fhir-settings.ts";

const feed = z.strictObject({
  listener: z.string().describe("Name of a listener in trestle.yaml."),
  channels: z.array(z.string()).min(1).describe("Channels that take this feed's messages."),
  sendingFacilities: z
    .array(z.string().min(1))
    .default([])
    .describe("Values of MSH-4 that mean this site; empty where the listener serves it alone."),
});

const feeds = z.array(feed).min(1).describe("What the hospital sends, and where it comes in.");

const label = z.string().min(1).max(200).describe("What the hospital calls this environment.");

const environment = z.strictObject({
  label: label.optional(),
  feeds,
  ...layerKeys,
  fhir: layerKeys.fhir.describe(
    "Where the hospital answers over FHIR. What is left out stands under fhir of the site, or of defaults in integration.yaml.",
  ),
});

/** sites/NAME/site.yaml: one health system. Each environment lies over what stands beside them. */
export const siteSettings = z
  .strictObject({
    title: z.string().min(1).describe("The site's name in the hospital's own words."),
    timeZone: timeZone.optional(),
    ...layerKeys,
    fhir: layerKeys.fhir.describe("What its environments have in common under fhir."),
    environments: z
      .strictObject({
        nonproduction: environment.optional().describe("Test environment."),
        production: environment.optional().describe("The environment that treats patients."),
      })
      .refine((all) => all.nonproduction !== undefined || all.production !== undefined, {
        error: "needs at least one of nonproduction and production",
      })
      .describe("The site's environments."),
  })
  .meta({
    title: "Site",
    examples: [
      {
        title: "Lakeshore Health",
        timeZone: "America/Chicago",
        flowsheets: { "heart-rate": { rows: ["R HR"], fhir: ["urn:oid:1.2.3.4|8"] } },
        valueSets: { stays: ["I", "OBS"] },
        environments: {
          nonproduction: { feeds: [{ listener: "hospital", channels: ["adt-in"] }] },
        },
      },
    ],
  });

export type SiteSettings = z.infer<typeof siteSettings>;

/** What holds in one environment of a site, of all layers together. */
export const environmentSettings = z.strictObject({
  title: z.string(),
  label: label.optional(),
  timeZone,
  ...mergedKeys,
  fhir: siteFhirSettings.optional(),
  feeds,
});

export type EnvironmentSettings = z.infer<typeof environmentSettings>;
