import type { Random } from "@trestle/base";
import { around } from "../draw.ts";
import type { LabComponent } from "./catalogue.ts";

/** A measured value, most often within what is normal, with the digits it is reported with. */
export function drawLabValue(random: Random, { low, high, digits }: LabComponent): string {
  const value = around(random, { middle: (low + high) / 2, spread: (high - low) * 0.8, digits });
  // Nothing in a sample is less than nothing.
  return value.replace(/^-/u, "");
}

/** `L` below what is normal, `H` above, empty between. */
export function flagOf({ low, high }: LabComponent, value: number): "L" | "H" | "" {
  if (value < low) return "L";
  return value > high ? "H" : "";
}
