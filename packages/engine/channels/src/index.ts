export { codeWithoutRow } from "./reason-to-hold.ts";
export { Deliverer, type DelivererOptions } from "./deliverer.ts";
export type { Destination, SendResult } from "./destinations/destination.ts";
export { openDestination } from "./destinations/open-destination.ts";
export { channelErrors } from "./errors.ts";
export {
  type Addressee,
  type BrokenFrame,
  type Door,
  type ReceivedFrame,
  receive,
  receiveBroken,
} from "./ingress.ts";
export { LinkOrder } from "./link-order.ts";
export { Outcomes, type OutcomesOptions } from "./outcomes.ts";
export {
  type Processed,
  type Processing,
  type RouteTo,
  asReplay,
  mappingStopped,
  processEntry,
  stoppedEntry,
} from "./process.ts";
export { Pump, type PumpOptions } from "./pump.ts";
export { takes } from "./takes.ts";
