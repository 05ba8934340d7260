import { z } from "zod";
import { conditionSettings } from "./condition-settings.ts";

/**
 * One file under `channels/`: a source, a mapping, and routes to destinations. Sites share it.
 *
 * A type is `ADT^A08`, a family is `ADT`, and `*` stands for whatever no other channel takes.
 */
export const channelSettings = z
  .strictObject({
    title: z.string().min(1).describe("What flows here, in the hospital's own words."),
    source: z
      .strictObject({
        type: z.literal("mllp"),
        listener: z.string().describe("Name of a listener in trestle.yaml."),
      })
      .describe("Where the channel gets its messages."),
    accepts: z
      .array(z.string().regex(/^(?:\*|[A-Z0-9]{3}(?:\^[A-Z0-9]{3})?)$/u))
      .min(1)
      .describe("Message types (ADT^A08), families (ADT), or * for what no other channel takes."),
    acknowledge: z
      .enum(["stored", "processed"])
      .default("stored")
      .describe(
        "When AA leaves: once the message is stored, or once its mapping is written too. Then AE says that it could not be mapped.",
      ),
    mapping: z
      .literal("hl7v2-to-fhir")
      .default("hl7v2-to-fhir")
      .describe("What turns a message into its result."),
    transforms: z
      .array(z.string())
      .default([])
      .describe("Files under transforms/ that run around the mapping, in order; without .ts."),
    routes: z
      .array(
        z.strictObject({
          to: z.string().describe("Name of a file under destinations/."),
          types: z
            .array(z.string().regex(/^(?:\*|[A-Z0-9]{3}(?:\^[A-Z0-9]{3})?)$/u))
            .min(1)
            .default(["*"])
            .describe("Which message types go there; * for all."),
          when: conditionSettings
            .optional()
            .describe(
              "Which of their messages go there: has, lacks, oneOf, inSet, not, any; all must hold. A message without the field, such as a merge, goes there by another route to it, or not at all.",
            ),
        }),
      )
      .describe("Who gets the results."),
  })
  .meta({
    title: "Channel",
    examples: [
      {
        title: "Admissions and registrations",
        source: { type: "mllp", listener: "hospital" },
        accepts: ["ADT"],
        mapping: "hl7v2-to-fhir",
        routes: [
          { to: "app-webhook", types: ["ADT"] },
          { to: "bed-board", when: { inSet: { "PV1-2": "stays" } } },
        ],
      },
    ],
  });

export type ChannelSettings = z.infer<typeof channelSettings>;
