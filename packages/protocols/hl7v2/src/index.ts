export {
  type AcknowledgementCondition,
  type AcknowledgementMode,
  acknowledgementMode,
  isAnswerDue,
} from "./acknowledgement-mode.ts";
export {
  type Acknowledgement,
  type AcknowledgementCode,
  acknowledge,
  acknowledgeInBytes,
} from "./acknowledgement.ts";
export {
  type BatchToWrite,
  type EnvelopeHeader,
  writeBatch,
  writeMessageFile,
} from "./batch-write.ts";
export { type FileLimits, type FilePart, readMessageFile } from "./batch.ts";
export { type Decoded, decodeMessage } from "./charset.ts";
export { type ContinuationLimits, Continuations } from "./continuation.ts";
export { type TreeNode, describeMessage } from "./describe.ts";
export { encodeMessage } from "./encode-message.ts";
export { type ErrorReason } from "./error-segments.ts";
export { hl7v2Errors } from "./errors.ts";
export { escapeText, unescapeText } from "./escapes.ts";
export { type Formatted, plainText, readFormattedText } from "./formatted.ts";
export { HeadText } from "./head-text.ts";
export {
  type Label,
  componentLabel,
  fieldLabel,
  fieldNamed,
  segmentLabel,
} from "./knowledge/names.ts";
export { type MessageLimits, defaultLimits } from "./limits.ts";
export { Hl7Message, type Part } from "./message.ts";
export { type Numeric, parseNumeric } from "./numeric.ts";
export { parseMessage, readMessage } from "./parse.ts";
export { printMessage } from "./print.ts";
export { Component, Field, Repetition, Segment, Subcomponent } from "./segment.ts";
export { type Separators, readSeparators, standardSeparators } from "./separators.ts";
export { type Timestamp, parseTimestamp, printTimestamp } from "./timestamp.ts";
