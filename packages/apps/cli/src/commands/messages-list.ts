import { type MessageSummary, routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";
import { columns } from "../out.ts";

/** Filters that `messages list` and `messages tail` share. */
export const messageFilters = {
  site: z.string().optional().describe("Only this site."),
  channel: z.string().optional().describe("Only this channel."),
  type: z.string().optional().describe("Only this type (ADT^A08) or family (ADT)."),
};

export const messagesList = defineCommand({
  name: "messages list",
  summary: "List messages, newest first.",
  options: z.strictObject({
    ...hubOptions,
    ...messageFilters,
    controlId: z.string().optional().describe("Only this control id (MSH-10)."),
    patient: z.string().optional().describe("Only this patient, by an identifier's value."),
    outcome: z
      .enum(["mapped", "mappedWithWarnings", "notMapped", "failed", "notProcessed"])
      .optional()
      .describe(
        "Only what processing came to this end with: mapped, mappedWithWarnings, notMapped, failed, notProcessed.",
      ),
    disposition: z
      .enum(["accepted", "refused", "broken"])
      .optional()
      .describe("Only what the door did: accepted, refused, broken."),
    from: z.iso.datetime().optional().describe("Not before this time (ISO 8601, UTC)."),
    to: z.iso.datetime().optional().describe("Before this time."),
    limit: z.coerce.number().int().min(1).max(100_000).default(50).describe("How many at most."),
  }),
  examples: [
    "trestle messages list --type ADT --limit 10",
    "trestle messages list --disposition refused --json",
  ],
  async run({ hub, data, purpose, limit, ...filter }, surroundings) {
    const client = connectHub({ hub, data, purpose }, surroundings);
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
    [message.id, 9],
    [message.receivedAt, 24],
    [message.type, 8],
    [message.controlId, 14],
    [`${message.site}/${message.channel}`, 26],
    [message.answer, 4],
    [message.reason === undefined ? end : `${end}: ${message.reason.text}`, 0],
  ]);
}
