import { type Problem, type Result, fail, succeed } from "@trestle/base";
import { decodeMessage } from "./charset.ts";
import { MessageDocument } from "./document.ts";
import { type MessageLimits, defaultLimits, raising } from "./limits.ts";
import { type Lines, findLines } from "./lines.ts";
import { Hl7Message, type Received } from "./message.ts";
import { readSeparators } from "./separators.ts";

/**
 * Parses one message. Segments should end in CR; CRLF and LF are accepted with a warning. Where CR
 * ends segments, an LF that no segment follows belongs to the field it stands in, with a warning
 * too. A byte order mark and empty lines are passed over; other lines that are not segments are a
 * problem, for nothing may be dropped.
 *
 * @see HL7 v2.5.1, chapter 2.5.4: the segment terminator is always CR
 */
export function parseMessage(text: string, limits?: Partial<MessageLimits>): Result<Hl7Message> {
  return parseDecoded(text, withDefaults(limits));
}

/**
 * Decodes and parses the bytes of one message. They are kept, so that `encodeMessage` gives back
 * every byte that was not edited.
 */
export function readMessage(
  bytes: Uint8Array,
  limits?: Partial<MessageLimits>,
): Result<Hl7Message> {
  const decoded = decodeMessage(bytes, limits);
  if (!decoded.ok) return decoded;
  const { text, charset, warnings } = decoded.value;
  return parseDecoded(text, withDefaults(limits), { received: { bytes, charset }, warnings });
}

function withDefaults(limits: Partial<MessageLimits> | undefined): MessageLimits {
  return limits === undefined ? defaultLimits : { ...defaultLimits, ...limits };
}

/** Parses text that came from these bytes, where it came from any, and what they were warned of. */
export function parseDecoded(
  text: string,
  limits: MessageLimits,
  {
    received,
    warnings = [],
  }: { received?: Received | undefined; warnings?: readonly Problem[] } = {},
): Result<Hl7Message> {
  if (text.length > limits.maxCharacters) return fail(tooLong(limits));
  const from = text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  if (!text.startsWith("MSH", from)) return fail(noHeader);
  const separators = readSeparators(text, from);
  if (!separators.ok) return separators;
  const rules = { separators: separators.value, limits };
  const lines = findLines(text, from, rules);
  if (!lines.ok) return lines;
  return succeed(
    new Hl7Message({
      separators: separators.value,
      document: new MessageDocument(text, lines.value, rules),
      warnings: warnings.length === 0 ? lines.value.warnings : distinct(warnings, lines.value),
      received,
    }),
  );
}

/** Each warning once, though several parts of a message may give it. */
function distinct(before: readonly Problem[], { warnings }: Lines): readonly Problem[] {
  const all = [...before, ...warnings];
  return all.filter(
    ({ code, at }, index) =>
      all.findIndex((other) => other.code === code && other.at === at) === index,
  );
}

const byteOrderMark = "\u{FEFF}";

const noHeader: Problem = {
  code: "hl7v2.noHeader",
  text: "The message does not begin with an MSH segment.",
  hint: "Check that the sender speaks HL7 v2 and that no other bytes precede MSH.",
};

function tooLong(limits: MessageLimits): Problem {
  return {
    code: "hl7v2.tooLong",
    text: `The message has more than ${limits.maxCharacters} characters.`,
    hint: `${raising("maxCharacters", limits)}, or ask the sender to split the message.`,
  };
}
