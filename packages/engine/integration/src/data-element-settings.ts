import { z } from "zod";

const judgedBy = {
  need: z
    .enum(["required", "useful"])
    .default("required")
    .describe("Whether the application cannot do without it."),
  minFill: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe("In which share of the records it must stand, from 0 to 1."),
  maxAgeDays: z
    .number()
    .min(0.01)
    .max(36_500)
    .optional()
    .describe("How old the newest one in the sample may be; any age where left out."),
  systems: z
    .array(z.string().min(1).max(500))
    .max(50)
    .default([])
    .describe("Code systems, by URI, of which its codes may be; any where none is named."),
  table: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("The code table that must know its code, where that is of no system named above."),
  valueSet: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe(
      "The value set of the site of which its code must be, as itself or as what it means.",
    ),
};

const flowsheet = z.string().min(1).max(100);

const fhirElement = z.strictObject({
  type: z.literal("fhir").describe("An element of a FHIR resource."),
  resource: z
    .string()
    .regex(/^[A-Z][A-Za-z]{1,63}$/u, "must be a resource type")
    .describe("Its resource type."),
  among: z
    .string()
    .regex(/^[a-z][a-z-]*=[^&=]+$/u, "must be a search parameter with its value")
    .max(500)
    .optional()
    .describe("Only those resources that this finds: category=laboratory."),
  flowsheet: flowsheet
    .optional()
    .describe("Only observations of this flowsheet, in place of among."),
  path: z
    .string()
    .min(1)
    .max(500)
    .describe("FHIRPath of the element: birthDate, or value.ofType(Quantity).code."),
  access: z
    .enum(["read", "write"])
    .default("read")
    .describe("Whether the application reads it or writes it. A probe writes nothing."),
  ...judgedBy,
});

const hl7Element = z.strictObject({
  type: z.literal("hl7").describe("A field of HL7 v2 messages that the hub receives."),
  message: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{2}(?:\^[A-Z][A-Z0-9]{2})?$/u, "must be such as ORU or ORU^R01")
    .describe("Their type, with its trigger or for all of them."),
  field: z
    .string()
    .regex(
      /^[A-Z][A-Z0-9]{2}-[1-9]\d{0,2}(?:\.[1-9]\d?){0,2}$/u,
      "must be a field or a part of one, such as PID-13.1",
    )
    .describe("The field, or a part of one; each segment of the name counts by itself."),
  flowsheet: flowsheet
    .optional()
    .describe("Only OBX segments of this flowsheet; messages without one do not count."),
  ...judgedBy,
});

/** One data element that an application needs, and when it is good enough. */
export const dataElementSettings = z.discriminatedUnion("type", [fhirElement, hl7Element]);

export type DataElement = z.infer<typeof dataElementSettings>;
export type FhirDataElement = z.infer<typeof fhirElement>;
export type Hl7DataElement = z.infer<typeof hl7Element>;

/** What people call a data element, and what tells it from all others of an integration. */
export function nameOfDataElement(element: DataElement): string {
  const { flowsheet } = element;
  if (element.type === "hl7")
    return `${element.message} ${element.field}${flowsheet === undefined ? "" : `[${flowsheet}]`}`;
  const { resource, among, path, access } = element;
  const part = flowsheet ?? among;
  const name = `${resource}${part === undefined ? "" : `[${part}]`}.${path}`;
  return access === "write" ? `${name} (write)` : name;
}
