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
export { type CodeTable, codeTable } from "./knowledge/code-tables.ts";
export {
  type Definition,
  type PartDefinition,
  type Usage,
  segmentDefinition,
  typeDefinition,
} from "./knowledge/definitions.ts";
export {
  type Group,
  type GroupedMessage,
  type StructureFault,
  groupMessage,
} from "./knowledge/group-message.ts";
export {
  type Label,
  componentLabel,
  fieldLabel,
  fieldNamed,
  isOwnSegment,
  segmentLabel,
} from "./knowledge/names.ts";
export { type StructurePlace } from "./knowledge/structure-notation.ts";
export { type Structure, structure, structureOf } from "./knowledge/structures.ts";
export { type Version, versionFor, versions } from "./knowledge/versions.ts";
export { type MessageLimits, defaultLimits } from "./limits.ts";
export { Hl7Message, type Part } from "./message.ts";
export { type Numeric, parseNumeric } from "./numeric.ts";
export { parseMessage, readMessage } from "./parse.ts";
export { printMessage } from "./print.ts";
export { Component, Field, Repetition, Segment, Subcomponent } from "./segment.ts";
export { type Separators, readSeparators, standardSeparators } from "./separators.ts";
export { type Timestamp, parseTimestamp, printTimestamp } from "./timestamp.ts";
export { type Finding, type Level, type Validation } from "./validate/findings.ts";
export {
  type FieldProfile,
  type MessageProfile,
  type SegmentProfile,
  type SiteProfile,
  type TableProfile,
} from "./validate/profile.ts";
export { type Validate, type ValidatorOptions, createValidator } from "./validate/validator.ts";
