import { z } from "zod";

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/u, "begins with a small letter and has small letters, digits, hyphens");

const meaning = z.strictObject({
  title: z.string().min(1).max(200).describe("What people read for it, such as Heart rate."),
  system: z
    .string()
    .regex(/^[a-z][a-z0-9+.-]*:[^\s|,=&]+$/u, "must be the address of a code system")
    .max(500)
    .default("http://loinc.org")
    .describe("The system of the code."),
  code: z
    .string()
    .regex(/^[^\s|,=&]+$/u, "must be a code, such as 8867-4")
    .max(200)
    .describe("What a row of it becomes, such as 8867-4."),
});

/** integration.yaml: what the application means by rows of flowsheets, whatever a site calls them. */
export const flowsheetMeanings = z
  .record(name, meaning)
  .default({})
  .describe(
    "By name, such as heart-rate, the rows of flowsheets that it knows, and the code that each becomes. Which rows they are says each site.",
  );

export type FlowsheetMeanings = z.infer<typeof flowsheetMeanings>;

const token = z
  .string()
  .regex(
    /^[a-z][a-z0-9+.-]*:[^\s|,=&]+\|[^\s|,=&]+$/u,
    "must be a system and a code, such as urn:oid:1.2.3|5",
  )
  .max(700);

const siteFlowsheet = z.strictObject({
  rows: z
    .array(z.string().min(1).max(200))
    .max(50)
    .default([])
    .describe(
      "The ids of its rows, as they stand in OBX-3; several where it is charted in several. They need no row in tables/observation-code.csv. The first is sent back.",
    ),
  fhir: z
    .array(token)
    .max(50)
    .default([])
    .describe(
      "The codes that FHIR has for it at the site, as system|code: the id of the flowsheet, or its OID with the row.",
    ),
  isCharted: z
    .boolean()
    .default(true)
    .describe("Say false where the site does not chart it, so that nobody looks for it."),
  note: z.string().min(1).max(1000).optional().describe("Why so, or until when."),
});

/** What a layer of a site's settings says of flowsheets. */
export const flowsheetsLayer = z
  .record(name, siteFlowsheet.partial())
  .optional()
  .describe("By the name in integration.yaml, the site's rows of that flowsheet.");

/** The same, of all layers together. */
export const flowsheetsMerged = z.record(name, siteFlowsheet.superRefine(saysWhich)).default({});

export type SiteFlowsheets = z.infer<typeof flowsheetsMerged>;

function saysWhich(
  { rows, fhir, isCharted }: z.infer<typeof siteFlowsheet>,
  context: z.RefinementCtx,
): void {
  if (!isCharted || rows.length + fhir.length > 0) return;
  const message = "needs rows or fhir, or isCharted: false where the site has none";
  context.addIssue({ code: "custom", path: [], message });
}
