export { type Acknowledgement, type AcknowledgementCode, acknowledge } from "./acknowledgement.ts";
export { type Decoded, decodeMessage } from "./charset.ts";
export { escapeText, unescapeText } from "./escapes.ts";
export { Hl7Message, parseMessage } from "./message.ts";
export { Component, Field, Repetition, Segment, Subcomponent } from "./segment.ts";
export { type Separators, readSeparators, standardSeparators } from "./separators.ts";
export { type Timestamp, parseTimestamp } from "./timestamp.ts";
export { type TreeNode, describeMessage } from "./labels.ts";
