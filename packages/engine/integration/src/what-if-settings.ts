import { z } from "zod";

/** In what way what a message gives under one revision can differ from what it gives under another. */
export const differenceKinds = [
  "added",
  "removed",
  "changed",
  "failing",
  "succeeding",
  "newRoute",
  "goneRoute",
  "newHold",
  "goneHold",
  "newWarning",
  "goneWarning",
  "newFinding",
  "goneFinding",
  "otherChannel",
  "otherPatient",
] as const;

export type DifferenceKind = (typeof differenceKinds)[number];

const rule = z.strictObject({
  path: z
    .string()
    .regex(
      /^[A-Za-z][\w-]*(?:\.(?:\*|[\w-]+))*(?:\.\*\*)?$/u,
      "must begin with a name and may end in **, such as Observation.code.** or mapping.unmappedCode",
    )
    .describe(
      "Where: an element such as Observation.code.coding.code, with * for one step and ** at the end for any further; or what the kind is about: the code of a problem, warning or finding, a destination, a channel.",
    ),
  kind: z
    .enum(differenceKinds)
    .optional()
    .describe("How it differs; added, removed and changed are meant where left out."),
  table: z
    .string()
    .optional()
    .describe("Only where a row of this code table decides, such as observation-code."),
  site: z.string().optional().describe("Only at this site."),
  until: z.iso.date().optional().describe("The last day on which the rule counts."),
  reason: z.string().min(10).describe("Why it does no harm, in a sentence."),
});

/** A person's word that a difference does no harm. */
export type HarmlessRule = z.infer<typeof rule>;

/** what-if.yaml: differences between revisions that do no harm. */
export const whatIfSettings = z
  .strictObject({
    harmless: z.array(rule).describe("Rules; the first that matches a difference counts."),
  })
  .meta({
    title: "What-if",
    examples: [
      {
        harmless: [
          {
            path: "Observation.code.coding.display",
            kind: "changed",
            table: "observation-code",
            until: "2027-03-31",
            reason: "The laboratory renamed its tests; nobody shows this name.",
          },
        ],
      },
    ],
  });

export type WhatIfSettings = z.infer<typeof whatIfSettings>;
