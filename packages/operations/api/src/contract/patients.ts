import { z } from "zod";
import { defineRoute } from "./define-route.ts";
import { instant, next, pageBody, pageQuery } from "./shapes.ts";

const identifier = z.strictObject({
  system: z.string(),
  value: z.string(),
  type: z.string().describe("MR, PI, …; empty where not known."),
});

export const patientSummary = z.strictObject({
  id: z.string(),
  site: z.string(),
  name: z.string(),
  sex: z.string(),
  birthDate: z.string(),
  identifiers: z.array(identifier),
  heardAt: instant.describe("When the newest message about the patient came."),
});

export const recordItem = z.strictObject({
  resourceType: z.string(),
  id: z.string(),
  happenedAt: z.string().describe("When it happened, as FHIR writes it; empty where not known."),
  heardAt: instant.describe("When the message came that gave the present version."),
  messageId: z.string().describe("The message that gave the present version."),
  versions: z.int(),
  resource: z.json().describe("A FHIR R4 resource."),
});

const patientPage = z.strictObject({
  items: z.array(patientSummary),
  next,
  isRevealed: z.boolean().describe("False: names and numbers are masked; send Trestle-Purpose."),
});

export const listPatients = defineRoute({
  name: "listPatients",
  method: "GET",
  path: "/api/v1/patients",
  summary: "Patients of the unified record; those heard of last first.",
  needs: "patients.read",
  query: z.strictObject({ ...pageQuery, site: z.string().max(100).optional() }),
  reply: patientPage,
});

export const searchPatients = defineRoute({
  name: "searchPatients",
  method: "POST",
  path: "/api/v1/patients/search",
  summary:
    "Patients by name or identifier. What is searched for travels in the body, never in a URL.",
  needs: "patients.read",
  body: z.strictObject({
    ...pageBody,
    site: z.string().max(100).optional(),
    search: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .describe("Beginning of a family or given name, or a whole identifier."),
  }),
  reply: patientPage,
});

export const getPatient = defineRoute({
  name: "getPatient",
  method: "GET",
  path: "/api/v1/patients/:patientId",
  summary: "One patient's record: every resource with the message it came from.",
  needs: "patients.read",
  params: z.strictObject({ patientId: z.string().max(100) }),
  reply: z.strictObject({
    patient: patientSummary,
    isRevealed: z.boolean(),
    merged: z.array(z.string()).describe("Ids of patients that were merged into this one."),
    items: z.array(recordItem).describe("Newest first."),
    isCut: z.boolean().describe("Whether the record has more items than are shown."),
  }),
});

export type PatientSummary = z.infer<typeof patientSummary>;
export type RecordItem = z.infer<typeof recordItem>;
