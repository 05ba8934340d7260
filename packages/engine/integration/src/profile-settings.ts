import { z } from "zod";

const field = z.strictObject({
  name: z
    .string()
    .optional()
    .describe("What the site calls it; a field that the standard has not needs it."),
  type: z.string().optional().describe("A data type of the standard, such as CX."),
  usage: z
    .enum(["required", "optional", "unused"])
    .optional()
    .describe("Whether it must be there, may be, or must not."),
  maxRepetitions: z.int().min(1).optional().describe("How often it may stand there."),
  maxLength: z.int().min(1).optional().describe("Most characters."),
  table: z
    .string()
    .regex(/^\d{4}$/u, "must be the number of a table, such as 0001")
    .optional()
    .describe("Another code table, by its number: of the standard, or with codes under tables."),
  codes: z.array(z.string()).optional().describe("The only codes that may stand here."),
});

const segment = z.strictObject({
  name: z
    .string()
    .optional()
    .describe("What the site calls it; a segment that the standard has not needs it."),
  usage: z
    .enum(["required", "optional"])
    .optional()
    .describe("Whether a message must have it; optional drops what the standard demands."),
  fields: z
    .record(z.string().regex(/^[1-9]\d{0,3}$/u), field)
    .optional()
    .describe("Fields by number, from 1 to 9999."),
});

const segments = z.record(z.string().regex(/^[A-Z][A-Z0-9]{2}$/u), segment);

/** sites/NAME/profile.yaml: what this site sends otherwise than the standard. */
export const profileSettings = z
  .strictObject({
    segments: segments.optional().describe("Segments by name, in every message."),
    messages: z
      .record(
        z.string().regex(/^[A-Z0-9]{3}(?:\^[A-Z0-9]{3})?$/u),
        z.strictObject({ segments: segments.optional().describe("Segments by name.") }),
      )
      .optional()
      .describe("What holds for a family (ADT) or a type (ADT^A08) of messages."),
    tables: z
      .record(
        z.string().regex(/^\d{4}$/u),
        z.strictObject({
          add: z.array(z.string()).optional().describe("Codes beside those of the standard."),
          only: z.array(z.string()).optional().describe("The only codes."),
        }),
      )
      .optional()
      .describe("Code tables, by number; one that the standard has not needs `only`."),
  })
  .meta({
    title: "Profile",
    examples: [
      {
        segments: { ZPD: { name: "Portal data", fields: { "4": { name: "Portal status" } } } },
        messages: { "ADT^A01": { segments: { PV1: { fields: { "19": { usage: "required" } } } } } },
        tables: { "0001": { add: ["X"] } },
      },
    ],
  });

export type ProfileSettings = z.infer<typeof profileSettings>;
