import type { OverlayCondition } from "@trestle/mapping";
import { z } from "zod";

const place = z.string();

interface When {
  has?: string[] | undefined;
  lacks?: string[] | undefined;
  oneOf?: Record<string, string[]> | undefined;
  inSet?: Record<string, string> | undefined;
  not?: When | undefined;
  any?: When[] | undefined;
}

/** What must hold of a message: rows of overlays and routes have one. */
export const conditionSettings: z.ZodType<When> = z.lazy(() =>
  z
    .strictObject({
      has: z.array(place).optional().describe("Fields in each of which something is written."),
      lacks: z.array(place).optional().describe("Fields in none of which anything is written."),
      oneOf: z
        .record(place, z.array(z.string()))
        .optional()
        .describe("Fields, and the texts of which each must have one."),
      inSet: z
        .record(place, z.string())
        .optional()
        .describe(
          "Fields, and the value set of the site of which each must have a code; case does not count.",
        ),
      not: conditionSettings.optional().describe("A condition that must not hold."),
      any: z.array(conditionSettings).optional().describe("Conditions of which one must hold."),
    })
    .describe("What must hold; of several keys all must."),
);

export type MessageCondition = OverlayCondition;
