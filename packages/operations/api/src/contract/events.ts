import { z } from "zod";
import { messageSummary } from "./messages.ts";

/** The path of the event stream (server-sent events); needs `messages.read`. */
export const eventsPath = "/api/v1/events";

/**
 * Event `messages`: what became visible in the last half second, oldest first, without patient
 * data. `skipped` counts those left out so that a burst cannot flood a browser.
 */
export const messagesEvent = z.strictObject({
  items: z.array(messageSummary.omit({ patient: true })).max(50),
  skipped: z.int(),
});

/** Event `changed`: deliveries or the overview changed; ask again. At most once a second. */
export const changedEvent = z.strictObject({ at: z.iso.datetime() });

export type MessagesEvent = z.infer<typeof messagesEvent>;
