export { type ChannelSettings, channelSettings } from "./channel-settings.ts";
export { type MessageCondition, conditionSettings } from "./condition-settings.ts";
export {
  type DestinationSettings,
  destinationSettings,
} from "./destinations/destination-settings.ts";
