import type { Destination } from "./destination.ts";
import type { DestinationSettings } from "./destination-settings.ts";
import { openWebhook } from "./io/webhook.ts";

/** Opens a destination of any kind. */
export function openDestination(name: string, settings: DestinationSettings): Destination {
  return openers[settings.type](name, settings);
}

const openers: Readonly<
  Record<DestinationSettings["type"], (name: string, settings: DestinationSettings) => Destination>
> = {
  webhook: openWebhook,
};
