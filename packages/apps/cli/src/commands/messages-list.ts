import { type MessageSummary, routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { type HubClient, connectHub, hubOptions, purpose } from "../io/hub-client.ts";
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

/** What both print of a message. */
export const messageKeys =
  "id, site, channel, revision, receivedAt, controlId, type, disposition, answer, outcome, warnings, bytes, reason (where there is one)";

const time = z.iso.datetime({ error: "give a time in UTC, such as 2026-01-15T10:30:00Z." });

export const messagesList = defineCommand({
  name: "messages list",
  summary: "List messages, newest first.",
  json: `for each message: ${messageKeys}, patient (where known).`,
  options: z.strictObject({
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
      .describe("Only with this outcome."),
    disposition: z
      .enum(["accepted", "refused", "broken"])
      .optional()
      .describe("Only with this disposition; what is broken never was a whole message."),
    from: time.optional().meta({
      value: "TIME",
      description: "Received at or after this time, such as 2026-01-15T10:30:00Z.",
    }),
    to: time.optional().meta({ value: "TIME", description: "Received before this time." }),
    limit: z.coerce.number().int().min(1).max(100_000).default(50).describe("How many at most."),
    purpose,
    ...hubOptions,
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
    if (left === limit) out.note(await nothingMatches(client));
    return 0;
  },
});

/** A message is in the list once it is processed, which it may be a moment after its answer. */
async function nothingMatches(client: HubClient): Promise<string> {
  const { backlog } = await client.call(routes.getOverview);
  const waiting = backlog === 0 ? "" : ` ${backlog} not processed yet, and not looked at.`;
  return `No message matches.${waiting}`;
}

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
