import type { Random } from "@trestle/base";
import { hexDigits } from "./sessions.ts";

/** A UUID of version 4, drawn. */
export function uuidOf(random: Random): string {
  const hex = hexDigits(random, 32).toLowerCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
