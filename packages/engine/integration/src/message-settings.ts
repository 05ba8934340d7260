import { type MessageLimits, defaultLimits } from "@trestle/hl7v2";
import { z } from "zod";

// A text of JavaScript holds 536 870 888 characters, and bytes may become as many.
const size = z.int().min(1024).max(524_288_000);

const limits = z.strictObject({
  maxBytes: size
    .default(defaultLimits.maxBytes)
    .describe(
      "Most bytes of a message; one with more is kept and refused. maxFrameBytes comes before it.",
    ),
  maxCharacters: size
    .default(defaultLimits.maxCharacters)
    .describe("Most characters of a message, in UTF-16 code units."),
  maxSegments: z
    .int()
    .min(10)
    .max(10_000_000)
    .default(defaultLimits.maxSegments)
    .describe("Most segments of a message."),
  maxFields: z
    .int()
    .min(100)
    .max(1_000_000)
    .default(defaultLimits.maxFields)
    .describe("Most fields of a segment."),
  maxParts: z
    .int()
    .min(100)
    .max(10_000_000)
    .default(defaultLimits.maxParts)
    .describe("Most fields, repetitions, components and subcomponents of a segment, all together."),
});

/** What a message may have at most, wherever it is read. */
export const messageSettings = limits.transform((set): MessageLimits => ({
  ...set,
  settingPlace: "under messages in trestle.yaml",
}));
