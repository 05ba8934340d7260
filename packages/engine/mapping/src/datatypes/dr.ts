import type { Period } from "@trestle/fhir";
import { composite } from "../rows/composite.ts";
import { dateTime } from "./ts.ts";

/** DR: from and to. */
export const dr = composite<Period>("DR", [
  { to: "start", from: 1, as: dateTime },
  { to: "end", from: 2, as: dateTime },
]);
