import { z } from "zod";
import { flowsheetsLayer, flowsheetsMerged } from "./flowsheet-settings.ts";
import { siteFhirLayer } from "./site-fhir-settings.ts";
import { siteValueSets } from "./value-set-settings.ts";

const day = z.iso.date("must be a day that exists, written as 2026-05-11");

const release = z.strictObject({
  version: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("The release of its software, as the hospital calls it: May 2026."),
  cadence: z
    .enum(["monthly", "quarterly", "half-yearly", "yearly"])
    .optional()
    .describe("How often it takes a new one."),
  upgrades: z
    .record(day, z.string().min(1).max(100).describe("The release that comes on that day."))
    .default({})
    .describe("By day, the releases that are planned."),
});

const system = z
  .string()
  .max(500)
  .regex(
    /^(?:urn:oid:[012](?:\.(?:0|[1-9]\d*))+|(?!urn:oid:)[a-z][a-z0-9+.-]*:\S+)$/u,
    "must be an address or urn:oid: with an OID",
  );

const identifiers = z.strictObject({
  medicalRecordNumber: system
    .optional()
    .describe("The system of the medical record number, as tables/identifiers.csv has it."),
  visitNumber: system
    .optional()
    .describe("The system of the number of a visit, as tables/identifiers.csv has it."),
});

/** By which method a kind of data comes from a site. */
const pathway = z.strictObject({
  method: z.enum(["fhir", "hl7v2", "none"]).describe("fhir, hl7v2, or none: not to be had here."),
  channel: z.string().optional().describe("The channel that brings it, where method is hl7v2."),
  note: z.string().min(1).max(1000).optional().describe("Why so, or until when."),
  alsoOverFhir: z
    .boolean()
    .default(false)
    .describe("Whether it may be asked for over FHIR all the same, where method is hl7v2."),
});

/** In what a site does not behave as expected. */
const quirk = z.strictObject({
  seen: day.describe("The day on which it was seen."),
  evidence: z.string().min(1).max(1000).describe("By what: a ticket, a case, an answer."),
  effect: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe("What it does to who reads. Needed where the catalogue does not know the quirk."),
  concerns: z
    .array(z.string().max(100))
    .max(100)
    .optional()
    .describe(
      "Resource types of which searches leave something out because of it; each answer about one says so.",
    ),
  isPresent: z
    .boolean()
    .default(true)
    .describe("Say false where a lower layer has it, and here it is not so."),
});

const quirkName = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/u, "begins with a small letter and has small letters, digits, hyphens");

/** What becomes of codes of a table that it has no row for. */
const codeTable = z.strictObject({
  unmapped: z
    .enum(["pass", "hold", "default"])
    .describe(
      "What becomes of a code without a row. pass: it goes over as it was sent. hold: nothing of its message is delivered until a person decides or the table has a row. default: the code below stands in, marked, with the code as it was sent beside it.",
    ),
  system: z.string().min(1).max(500).optional().describe("The system of the code that stands in."),
  code: z.string().min(1).max(200).optional().describe("The code that stands in."),
  display: z.string().max(500).optional().describe("What people read for it."),
});

const tableName = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/u, "is the name of a table, such as observation-code");

const shared = {
  release: release.optional().describe("Which release of the record system runs, and what comes."),
  identifiers: identifiers.optional().describe("Which system of identifiers is which."),
  holidays: z
    .record(day, z.string().min(1).max(100).describe("What is kept on that day."))
    .optional()
    .describe("By day, when fewer people are there."),
};

/** What may stand in each layer of a site's settings, and need not be whole in any. */
export const layerKeys = {
  ...shared,
  pathways: z
    .record(z.string(), pathway.partial())
    .optional()
    .describe("By resource type, the method by which it comes."),
  quirks: z
    .record(quirkName, quirk.partial())
    .optional()
    .describe("By name, in what the site does not behave as expected."),
  codeTables: z
    .record(tableName, codeTable.partial())
    .optional()
    .describe("By code table, what becomes of its codes; where left out they are passed on."),
  flowsheets: flowsheetsLayer,
  valueSets: siteValueSets.optional(),
  fhir: siteFhirLayer.optional(),
} as const;

/** The same keys, of all layers together. */
export const mergedKeys = {
  ...shared,
  holidays: shared.holidays.unwrap().default({}),
  pathways: z.record(z.string(), pathway.superRefine(namesItsChannel)).default({}),
  quirks: z.record(quirkName, quirk).default({}),
  codeTables: z.record(tableName, codeTable.superRefine(hasWhatStandsIn)).default({}),
  flowsheets: flowsheetsMerged,
  valueSets: siteValueSets.default({}),
} as const;

function hasWhatStandsIn(
  { unmapped, ...standsIn }: z.infer<typeof codeTable>,
  context: z.RefinementCtx,
): void {
  if (unmapped !== "default") return;
  for (const key of ["system", "code"] as const) {
    if (standsIn[key] !== undefined) continue;
    const message = "is needed where unmapped is default: it stands in for codes without a row";
    context.addIssue({ code: "custom", path: [key], message });
  }
}

function namesItsChannel(
  { method, channel, alsoOverFhir }: z.infer<typeof pathway>,
  context: z.RefinementCtx,
): void {
  if (alsoOverFhir && method !== "hl7v2")
    context.addIssue({ code: "custom", path: ["alsoOverFhir"], message: "is for hl7v2 alone" });
  if ((method === "hl7v2") === (channel !== undefined)) return;
  const message = method === "hl7v2" ? "needs the channel that brings it" : "is for hl7v2 alone";
  context.addIssue({ code: "custom", path: ["channel"], message });
}

/** The zone of a site's times. */
export const timeZone = z
  .string()
  .refine(isTimeZone, "must be an IANA time zone, such as America/Chicago")
  .describe("IANA time zone; a time without an offset is meant in it.");

/** An offset alone knows no daylight saving, and few places have none. */
function isTimeZone(name: string): boolean {
  try {
    const resolved = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return !/^[+-]/u.test(resolved.timeZone);
  } catch {
    return false;
  }
}
