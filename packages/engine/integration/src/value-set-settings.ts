import { z } from "zod";

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/u, "begins with a small letter and has small letters, digits, hyphens");

/** integration.yaml: which sets of a site's codes the application asks for, and what for. */
export const valueSetMeanings = z
  .record(
    name,
    z.strictObject({
      title: z.string().min(1).max(200).describe("Which codes belong to it, and what for."),
      table: z
        .string()
        .min(1)
        .max(100)
        .optional()
        .describe("The code table that must know each code; any code may be in it where left out."),
    }),
  )
  .default({})
  .describe(
    "By name, such as stays, sets of codes that each site fills with its own. Conditions of routes and overlays name them (inSet), and data elements (valueSet).",
  );

/** What a layer of a site's settings says is in them. */
export const siteValueSets = z
  .record(
    name,
    z.array(z.string().min(1).max(200)).max(10_000).describe("The codes; case does not count."),
  )
  .describe("By the name in integration.yaml, the site's codes that are of the set.");
