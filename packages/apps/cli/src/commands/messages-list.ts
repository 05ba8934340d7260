import { type MessageSummary, routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { connectHub, hubOptions, purpose } from "../io/hub-client.ts";
import { columns, toTheSecond } from "../out.ts";

/** Filters that `messages list` and `messages tail` share. */
export const messageFilters = {
  site: z.string().optional().meta({ value: "SITE", description: "Only this site." }),
  channel: z.string().optional().meta({ value: "CHANNEL", description: "Only this channel." }),
  type: z
    .string()
    .optional()
    .meta({ value: "TYPE", description: "Only this type (ADT^A08) or family (ADT)." }),
};

const time = z.iso.datetime({ error: "give a time in UTC, such as 2026-01-15T10:30:00Z." });

export const messagesList = defineCommand({
  name: "messages list",
  summary: "List messages, newest first.",
  options: z.strictObject({
    ...hubOptions,
    purpose,
    ...messageFilters,
    controlId: z
      .string()
      .optional()
      .meta({ value: "ID", description: "Only this control id (MSH-10)." }),
    patient: z
      .string()
      .optional()
      .meta({ value: "ID", description: "Only this patient, by an identifier's value." }),
    outcome: z
      .enum(["mapped", "mappedWithWarnings", "notMapped", "failed", "notProcessed"])
      .optional()
      .describe("Only with this end: mapped, mappedWithWarnings, notMapped, failed, notProcessed."),
    disposition: z
      .enum(["accepted", "refused", "broken"])
      .optional()
      .describe("Only what the door did: accepted, refused, broken."),
    from: time.optional().meta({
      value: "TIME",
      description: "Received at or after this time, such as 2026-01-15T10:30:00Z.",
    }),
    to: time.optional().meta({ value: "TIME", description: "Received before this time." }),
    limit: z.coerce.number().int().min(1).max(100_000).default(50).describe("How many at most."),
  }),
  examples: [
    "trestle messages list --type ADT --limit 10",
    "trestle messages list --disposition refused --json",
  ],
  async run({ limit, hub, data, timeoutSeconds, purpose: why, ...filter }, surroundings) {
    const client = connectHub({ hub, data, timeoutSeconds, purpose: why }, surroundings);
    const { out } = surroundings;
    let left = limit;
    let cursor: string | undefined;
    do {
      const page = await client.call(routes.searchMessages, {
        body: {
          ...filter,
          limit: Math.min(left, 500),
          ...(cursor === undefined ? {} : { cursor }),
        },
      });
      for (const message of page.items) out.row(message, messageLine(message));
      left -= page.items.length;
      cursor = page.next;
    } while (left > 0 && cursor !== undefined);
    if (left === limit) out.note("No message matches.");
    return 0;
  },
});

/** One message in one line. */
export function messageLine(message: Omit<MessageSummary, "patient">): string {
  const end = message.disposition === "accepted" ? message.outcome : message.disposition;
  return columns([
    [message.id, 7],
    [toTheSecond(message.receivedAt), 20],
    [message.type, 8],
    [message.controlId, 14],
    [`${message.site}/${message.channel}`, 26],
    [message.answer, 4],
    [message.reason === undefined ? end : `${end}: ${message.reason.text}`, 0],
  ]);
}
