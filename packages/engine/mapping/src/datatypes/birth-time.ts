import type { Converter } from "../rows/row.ts";
import { extension } from "./extension.ts";
import { dateTime } from "./ts.ts";

/** PID-7 with a time of day, which a FHIR date has no room for; nothing where only a day is given. */
export const birthTime = extension(
  "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
  "valueDateTime",
  withTime,
);

function withTime(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const written = dateTime(part, scope, lookup);
  return typeof written === "string" && written.includes("T") ? written : undefined;
}
