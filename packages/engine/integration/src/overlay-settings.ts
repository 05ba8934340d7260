import { conditionSettings } from "@trestle/channels/settings";
import { groupNames } from "@trestle/mapping/configuration";
import { z } from "zod";

const place = z.string();

const row = {
  to: z.string().optional().describe("The element, such as birthDate, name[] or period.start."),
  from: place.optional().describe("The field, such as PID-7, or a component, such as PID-5.2."),
  firstOf: z
    .array(place)
    .optional()
    .describe("Fields in place of from: the first that has a value counts."),
  as: z
    .string()
    .optional()
    .describe("What the value becomes; the element's type where left out, such as HumanName."),
  table: z.string().optional().describe("The code table that translates the value."),
  is: z.json().optional().describe("A constant, in place of from."),
  extension: z.string().optional().describe("Address of an extension that wraps the value."),
  value: z.string().optional().describe("The extension's element, such as valueString."),
  when: conditionSettings
    .optional()
    .describe("When the row applies: has, lacks, oneOf, inSet, not, any; all must hold."),
};

const change = z.discriminatedUnion("change", [
  z.strictObject({
    change: z.literal("add").describe("A row of the site's own, ahead of those that go there too."),
    row: z.string().min(1).describe("Its name, such as nickname."),
    ...row,
  }),
  z.strictObject({
    change: z.literal("replace").describe("Another form of a base row; what is left out stays."),
    row: z.string().min(1).describe("The base row, such as birthDate or identifier.ssn."),
    ...row,
  }),
  z.strictObject({
    change: z.literal("remove").describe("A base row that this site does not want."),
    row: z.string().min(1).describe("The base row, such as birthDate or identifier.ssn."),
  }),
]);

/** sites/NAME/overlay.yaml: this site's changes to the base maps. */
export const overlaySettings = z
  .strictObject({
    segments: z
      .record(z.string(), z.enum(groupNames).describe("The group whose rows read it."))
      .default({})
      .describe("Segments of the site's own, such as ZPD, and the group whose rows read them."),
    maps: z
      .record(z.string(), z.array(change).min(1))
      .default({})
      .describe("Changes by the name of the base map, such as patient; in order."),
    notMapped: z
      .array(
        z.strictObject({
          field: place.describe("The field, such as ZPV-2, a component, or ZPV-* for a segment."),
          reason: z.string().min(1).describe("Why this site has no use for it."),
        }),
      )
      .default([])
      .describe("What is left out on purpose, so that hl7 to-fhir --unmapped does not name it."),
    transforms: z
      .array(z.string())
      .default([])
      .describe("Files under transforms/ that run for this site's messages, after the channel's."),
  })
  .meta({
    title: "Overlay",
    examples: [
      {
        segments: { ZPD: "patient" },
        maps: {
          patient: [
            { change: "add", row: "nickname", to: "name[]", from: "ZPD-3" },
            { change: "replace", row: "birthDate", from: "ZPD-4" },
            { change: "remove", row: "extension.religion" },
          ],
        },
        notMapped: [{ field: "ZPD-2", reason: "The portal has one name at this site." }],
        transforms: [],
      },
    ],
  });

export type OverlaySettings = z.infer<typeof overlaySettings>;
