import { z } from "zod";
import { clientSettings } from "./access/client.ts";
import { httpSettings } from "./io/http-settings.ts";

/** How the sandbox lives and where it sends. */
export const sandboxSettings = z.strictObject({
  seed: z
    .int()
    .min(0)
    .max(4_294_967_295)
    .default(1)
    .describe("The same seed gives the same people and the same traffic."),
  patients: z.int().min(1).max(100_000).default(200).describe("How many patients are invented."),
  rate: z
    .number()
    .min(0.01)
    .max(10_000)
    .default(3)
    .describe(
      "Messages a second at most; those that had to wait leave as fast as they are acknowledged.",
    ),
  speed: z
    .number()
    .min(0.01)
    .max(1_000_000)
    .optional()
    .describe(
      "Simulated seconds a second. If not said, the clock jumps from one event to the next.",
    ),
  start: z.iso
    .datetime()
    .default("2026-01-15T12:00:00Z")
    .describe("The simulated time at which it begins."),
  host: z.string().default("127.0.0.1").describe("Where the receiver is."),
  port: z.int().min(1).max(65_535).default(2575).describe("The receiver's MLLP port."),
  facility: z
    .string()
    .regex(/^[A-Z0-9]+$/u)
    .default("TH")
    .describe("MSH-4 and the authority of record numbers."),
  timeZone: z
    .string()
    .refine(isTimeZone, "must be a time zone's IANA name, such as America/Chicago")
    .default("America/Chicago")
    .describe("The hospital's time zone, by its IANA name."),
  pathways: z
    .string()
    .min(1)
    .optional()
    .describe("Folder of pathway files, in place of those that come with the sandbox."),
  connectTimeoutSeconds: z
    .number()
    .min(0.1)
    .max(600)
    .default(5)
    .describe("How long connecting may take."),
  answerTimeoutSeconds: z
    .number()
    .min(0.1)
    .max(600)
    .default(30)
    .describe("How long to wait for an acknowledgement."),
  maxAnswerBytes: z
    .int()
    .min(1024)
    .max(64 * 1024 * 1024)
    .default(1024 * 1024)
    .describe("Largest acknowledgement that is taken, in bytes."),
  maxReconnectSeconds: z
    .number()
    .min(0.1)
    .max(3600)
    .default(5)
    .describe("Longest wait between tries to connect; the first is a tenth of a second."),
  hl7: z
    .boolean()
    .default(true)
    .describe("Whether it sends. Without it life goes on all the same, for HTTP to show."),
  http: httpSettings
    .optional()
    .describe("Its interfaces over HTTP: FHIR, sign-in and launches. None where left out."),
  profile: z
    .string()
    .min(1)
    .optional()
    .describe("The site's profile: a file, or the name of one that comes with the sandbox."),
  clients: z
    .array(clientSettings)
    .default([])
    .describe(
      "Applications on record beside those of the profile; one of the same id is replaced.",
    ),
  skip: z
    .int()
    .min(0)
    .default(0)
    .describe("Messages of the beginning that were sent before: they are lived, not sent."),
  stopAfter: z.int().min(1).optional().describe("End after this many messages."),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}

export type SandboxSettings = z.infer<typeof sandboxSettings>;
