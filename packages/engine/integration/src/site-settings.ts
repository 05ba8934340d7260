import { z } from "zod";
import { siteFhirSettings } from "./site-fhir-settings.ts";

const feed = z.strictObject({
  listener: z.string().describe("Name of a listener in trestle.yaml."),
  channels: z.array(z.string()).min(1).describe("Channels that take this feed's messages."),
  sendingFacilities: z
    .array(z.string().min(1))
    .default([])
    .describe("Values of MSH-4 that mean this site; empty where the listener serves it alone."),
});

const environment = z.strictObject({
  title: z.string().optional().describe("What the hospital calls it."),
  feeds: z.array(feed).min(1).describe("What the hospital sends, and where it comes in."),
  fhir: siteFhirSettings.optional().describe("Where the hospital answers over FHIR."),
});

/** sites/NAME/site.yaml: one health system. */
export const siteSettings = z
  .strictObject({
    title: z.string().min(1).describe("The site's name in the hospital's own words."),
    timeZone: z
      .string()
      .refine(isTimeZone, "must be an IANA time zone, such as America/Chicago")
      .describe("IANA time zone; a time without an offset is meant in it."),
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
        environments: {
          nonproduction: { feeds: [{ listener: "hospital", channels: ["adt-in"] }] },
        },
      },
    ],
  });

export type SiteSettings = z.infer<typeof siteSettings>;

/** An offset alone knows no daylight saving, and few places have none. */
function isTimeZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return !/^[+-]/u.test(timeZone);
  } catch {
    return false;
  }
}
