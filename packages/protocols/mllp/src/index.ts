export { mllpErrors } from "./errors.ts";
export { type DecoderLimits, MllpDecoder, type Received, encodeFrame } from "./framing.ts";
export { type FramingCode, type FramingProblem, describeFraming } from "./framing-problem.ts";
export { type MllpListenerSettings, mllpListener } from "./listener-settings.ts";
export type {
  MllpHandlers,
  ReceivedMessage,
  ReceivedProblem,
  RefusalReason,
} from "./io/handlers.ts";
export { type MllpListener, listen } from "./io/listener.ts";
export { type MllpClientSettings, mllpClient } from "./client-settings.ts";
export type { IsAnswerTo } from "./io/client-connection.ts";
export { MllpClient, type MllpClientOptions, connectMllp } from "./io/client.ts";
