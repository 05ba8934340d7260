import { z } from "zod";
import { defineRoute } from "./define-route.ts";
import { refusedChange } from "./configuration.ts";
import { health, instant } from "./shapes.ts";

const flow = {
  state: health,
  perMinute: z
    .array(z.int())
    .describe("Counts by minute, oldest first; the last is the running minute."),
  ratePerMinute: z
    .number()
    .describe("Over the last five whole minutes, or as long as there is data."),
  lastAt: instant.optional().describe("The last message received, or delivery made."),
  errors: z.int().describe("Refused, broken, failed or held, within the window."),
};

export const channelOverview = z.strictObject({
  id: z.string(),
  title: z.string(),
  ...flow,
  warnings: z.int().describe("Messages mapped with warnings, within the window."),
});

export const destinationOverview = z.strictObject({
  id: z.string(),
  ...flow,
  queued: z.int(),
  held: z.int(),
  retries: z.int().describe("Failed tries within the window."),
  oldestAt: instant.optional().describe("The oldest that waits."),
});

export const siteOverview = z.strictObject({
  id: z.string(),
  title: z.string(),
  environment: z.enum(["nonproduction", "production"]),
  timeZone: z.string(),
  ...flow,
  warnings: z.int(),
  waitingDifferences: z
    .int()
    .optional()
    .describe(
      "What would be other in production once somebody approved it, where something waits.",
    ),
  channels: z.array(channelOverview),
});

export const getOverview = defineRoute({
  name: "getOverview",
  method: "GET",
  path: "/api/v1/overview",
  summary: "Every site, channel and destination: rate, last message, backlog, errors.",
  needs: "messages.read",
  query: z.strictObject({
    minutes: z.coerce.number().int().min(5).max(1440).default(60).describe("Length of the window."),
  }),
  reply: z.strictObject({
    now: instant,
    state: health,
    sentence: z.string().describe("The situation in one sentence."),
    revision: z.string(),
    refused: refusedChange
      .optional()
      .describe("A changed configuration that was not taken, with the first problems of it."),
    backlog: z.int().describe("Entries in the journal that are not processed yet."),
    queued: z.int(),
    held: z.int(),
    connections: z.int().describe("Open MLLP connections."),
    sites: z.array(siteOverview),
    destinations: z.array(destinationOverview),
  }),
});

export type Overview = z.infer<typeof getOverview.reply>;
export type SiteOverview = z.infer<typeof siteOverview>;
export type ChannelOverview = z.infer<typeof channelOverview>;
export type DestinationOverview = z.infer<typeof destinationOverview>;
