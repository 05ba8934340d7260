import { z } from "zod";
import { webhookSettings } from "./webhook-settings.ts";

/** One file under `destinations/`; `type` says which kind. */
export const destinationSettings = z.discriminatedUnion("type", [webhookSettings]);

export type DestinationSettings = z.infer<typeof destinationSettings>;
