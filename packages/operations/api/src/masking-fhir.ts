import {
  type Standing,
  isReadable,
  standingBelow,
  standingIn,
} from "@trestle/fhir/readable-elements";
import { maskedText } from "./masked-text.ts";

/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * FHIR with its patient data masked: what is readable for everybody stays, and names of codes that
 * are; other text and all numbers become dots. Resources that say nothing about a patient stay whole.
 */
export function maskFhir(value: Json): Json {
  return maskValue(value, standingIn(""));
}

function maskValue(value: Json, standing: Standing): Json {
  if (Array.isArray(value)) return value.map((item) => maskValue(item, standing));
  if (value !== null && typeof value === "object") return maskObject(value, standing);
  if (value === null || typeof value === "boolean" || isReadable(standing)) return value;
  return maskedText(String(value));
}

function maskObject(value: { [key: string]: Json }, standing: Standing): Json {
  const type = value["resourceType"];
  const inside = typeof type === "string" ? { ...standingIn(type), key: standing.key } : standing;
  const isCoding = "system" in value && "code" in value;
  const entries = Object.entries(value).map(([key, item]): [string, Json] => {
    const below = standingBelow(inside, key);
    if (key === "display" && isCoding && !below.isPerson) return [key, item];
    return [key, maskValue(item, below)];
  });
  return Object.fromEntries(entries);
}
