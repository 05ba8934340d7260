import { messagesEvent } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";
import { messageFilters, messageKeys, messageLine } from "./messages-list.ts";

export const messagesTail = defineCommand({
  name: "messages tail",
  summary: "Print messages as they arrive, until Ctrl+C.",
  json: `for each message: ${messageKeys}.`,
  options: z.strictObject({
    ...messageFilters,
    limit: z.coerce.number().int().min(1).optional().describe("End after this many messages."),
    ...hubOptions,
  }),
  examples: ["trestle messages tail --type ORU", "trestle messages tail --json --limit 5"],
  async run({ site, channel, type, limit, ...options }, surroundings) {
    const { out, signal } = surroundings;
    const client = connectHub(options, surroundings);
    const onOpen = () => out.note("Waiting for messages; Ctrl+C ends it.");
    let left = limit ?? Number.POSITIVE_INFINITY;
    try {
      for await (const { items, skipped } of arrivals(client.events(onOpen))) {
        if (skipped > 0) out.note(`… ${skipped} more arrived in that half second`);
        for (const message of items) {
          const isWanted =
            (site ?? message.site) === message.site &&
            (channel ?? message.channel) === message.channel &&
            (type === undefined || message.type === type || message.type.startsWith(`${type}^`));
          if (!isWanted) continue;
          out.row(message, messageLine(message));
          left -= 1;
          if (left <= 0) return 0;
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return 0;
  },
});

async function* arrivals(lines: AsyncIterable<string>) {
  let name = "";
  for await (const line of lines) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    if (line.startsWith("data:") && name === "messages") {
      yield messagesEvent.parse(JSON.parse(line.slice(5)));
    }
  }
}
