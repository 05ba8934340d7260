import { z } from "zod";

const codes = z.record(z.string().min(1), z.string().min(1));

/** How one hospital's HL7 messages differ from another's: what each decides for itself. */
export const feedSettings = z.strictObject({
  facility: z
    .string()
    .regex(/^[A-Z0-9]+$/u)
    .optional()
    .describe("MSH-4 and the authority of record numbers, in place of the program's."),
  timeZone: z
    .string()
    .refine(isTimeZone, "must be a time zone's IANA name, such as America/Chicago")
    .optional()
    .describe("The hospital's time zone, in place of the program's."),
  version: z
    .enum(["2.3", "2.3.1", "2.4", "2.5", "2.5.1"])
    .optional()
    .describe("Version of all messages (MSH-12); where left out each kind has its own."),
  characterSet: z
    .enum(["UNICODE UTF-8", "8859/1"])
    .default("UNICODE UTF-8")
    .describe("How letters are written (MSH-18)."),
  patientClasses: z
    .strictObject({ E: z.string().min(1), I: z.string().min(1), O: z.string().min(1) })
    .partial()
    .default({})
    .describe("PV1-2 of emergencies, stays and visits."),
  enterpriseNumber: z
    .string()
    .regex(/^[A-Z0-9]+$/u)
    .default("EPI")
    .describe("Authority and type of the number that is a patient's everywhere in the hospital."),
  recordNumberType: z
    .string()
    .regex(/^[A-Z0-9]+$/u)
    .default("MR")
    .describe("Type of record numbers (CX.5)."),
  orderAuthority: z
    .string()
    .regex(/^[A-Z0-9]+$/u)
    .default("EPC")
    .describe("Authority of the numbers of orders (ORC-2), and of people in appointments (AIG-3)."),
  codes: codes
    .default({})
    .describe(
      "Codes of the laboratory, of tests and of flowsheets that are written otherwise: by that of the catalogue the hospital's own.",
    ),
  laboratorySystem: z
    .string()
    .regex(/^[A-Z0-9]+$/u)
    .default("LAKELAB")
    .describe("System of the laboratory's own codes (OBX-3.3)."),
  units: codes
    .default({})
    .describe("Units that are written otherwise: by that of the catalogue the hospital's own."),
});

export type FeedSettings = z.infer<typeof feedSettings>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}
