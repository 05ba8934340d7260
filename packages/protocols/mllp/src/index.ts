export { type ClientTlsSettings, type ListenerTlsSettings } from "./tls-settings.ts";
export { mllpErrors } from "./errors.ts";
export type { Answers } from "./exchange.ts";
export { type DecoderLimits, MllpDecoder, type Received, encodeFrame } from "./framing.ts";
export { type FramingCode, type FramingProblem, describeFraming } from "./framing-problem.ts";
export {
  type Acknowledgement,
  type MessageHeader,
  readAcknowledgement,
  readHeader,
  withHeaderFields,
} from "./header-fields.ts";
export { type MllpListenerSettings, mllpListener } from "./listener-settings.ts";
export { openSequenceFile } from "./io/file-sequence-store.ts";
export type {
  MllpHandlers,
  ReceivedMessage,
  ReceivedProblem,
  RefusalReason,
  Reply,
} from "./io/handlers.ts";
export type { CertificateStatus } from "./io/listener-certificate.ts";
export { type ListenOptions, type MllpListener, listen } from "./io/listener.ts";
export { type MllpClientSettings, mllpClient } from "./client-settings.ts";
export { MllpClient, type MllpClientOptions, connectMllp } from "./io/client.ts";
export { type SequenceVerdict, anyNumber, judgeSequence } from "./sequence.ts";
export { type SequenceStore, memorySequenceStore } from "./sequence-store.ts";
export type { SequenceOptions } from "./sequenced-link.ts";
