import { secretReference } from "@trestle/config";
import { z } from "zod";
import { dataElementSettings } from "./data-element-settings.ts";
import { flowsheetMeanings } from "./flowsheet-settings.ts";
import { layerKeys, timeZone } from "./layer-settings.ts";
import { valueSetMeanings } from "./value-set-settings.ts";

/** integration.yaml: what the application needs, and by what it is known to the hub. */
export const needsSettings = z
  .strictObject({
    title: z.string().min(1).describe("The application's name."),
    token: secretReference
      .optional()
      .describe(
        "The token by which the application calls the hub, of at least 32 characters; without one it cannot.",
      ),
    scopes: z
      .array(z.string().min(1).max(500))
      .default([])
      .describe("What it may read over FHIR at every site, as SMART scopes: system/Patient.rs."),
    elements: z
      .record(z.string(), z.array(z.string().min(1)).min(1))
      .default({})
      .describe("By resource type the elements that reach it; all where a type is left out."),
    data: z
      .array(dataElementSettings)
      .max(500)
      .default([])
      .describe("Each data element that it lives by, for a probe to look for at every site."),
    flowsheets: flowsheetMeanings,
    valueSets: valueSetMeanings,
    defaults: z
      .strictObject({ timeZone: timeZone.optional(), ...layerKeys })
      .optional()
      .describe("What holds at every site that does not say otherwise."),
  })
  .meta({
    title: "integration.yaml",
    examples: [
      {
        title: "Discharge planner",
        token: "env:PLANNER_TOKEN",
        scopes: ["system/Patient.rs", "system/Observation.rs?category=laboratory"],
        elements: { Patient: ["identifier", "name", "birthDate"] },
        data: [
          { type: "fhir", resource: "Patient", path: "birthDate", minFill: 0.98 },
          {
            type: "fhir",
            resource: "Observation",
            among: "category=laboratory",
            path: "value.ofType(Quantity)",
            need: "useful",
            maxAgeDays: 7,
          },
          { type: "hl7", message: "ADT", field: "PID-13.1", need: "useful", minFill: 0.5 },
          { type: "hl7", message: "ORU", field: "OBX-5", flowsheet: "heart-rate" },
        ],
        flowsheets: { "heart-rate": { title: "Heart rate", code: "8867-4" } },
        valueSets: { stays: { title: "Visits that are stays", table: "patient-class" } },
      },
    ],
  });

export type NeedsSettings = z.infer<typeof needsSettings>;
