import { z } from "zod";
import { needsSettings } from "../needs-settings.ts";
import { siteFhirSettings } from "../site-fhir-settings.ts";
import { timeZone } from "../layer-settings.ts";
import { siteSettings } from "../site-settings.ts";

const port = z.coerce.number<string>().int().min(0).max(65_535);

/** What has to be known to make a folder. Each is checked as the file is into which it goes. */
const shape = {
  title: needsSettings.shape.title,
  webhook: z
    .url({ protocol: /^https?$/u })
    .describe("Where results are sent: an http or https address."),
  siteTitle: siteSettings.shape.title,
  site: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/u, "must be small letters, digits and hyphens, a letter first")
    .describe("It stands in addresses, commands and metrics."),
  timeZone,
  listenerPort: port.describe("The port on which the hospital's messages come in, 0 to 65535."),
  httpPort: port.describe("The port of console and API, 0 to 65535."),
  fhirBase: siteFhirSettings.shape.baseUrl.optional(),
  clientId: siteFhirSettings.shape.clientId.optional(),
  dialect: siteFhirSettings.shape.dialect,
};

export const answersSchema = z.strictObject(shape);

/** What the files of a new folder say. Without `fhirBase` the site has no FHIR side. */
export type Answers = z.output<typeof answersSchema>;

export type AnswerName = keyof typeof shape;
