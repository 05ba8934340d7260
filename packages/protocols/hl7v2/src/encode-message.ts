import { type Problem, type Result, fail, succeed } from "@trestle/base";
import { declaredEncoding } from "./charset-names.ts";
import { encodeText } from "./encode.ts";
import type { Hl7Message, Received } from "./message.ts";
import { ReceivedBytes } from "./received-bytes.ts";

/**
 * The bytes of a message. What was received and not edited comes back byte for byte; what was edited
 * is written in the character set by which the message was read. A message that was parsed from
 * text, or whose MSH-18 was edited to name another set, is written whole in the set that MSH-18
 * names now; where it names none, that is UTF-8.
 *
 * Which bytes an edit takes depends on the character set, so that `maxBytes` holds here.
 *
 * @param options `endsInReturn`: each segment ends in CR, which the standard asks for, whatever it was
 * received with.
 * @returns A problem, with the place, where the set does not have a character, or is not known; and
 * where edits made more bytes than `maxBytes` of the limits that the message was parsed under.
 * @see HL7 v2.5.1, chapter 2.5.4: the segment terminator is always CR
 */
export function encodeMessage(
  message: Hl7Message,
  { endsInReturn = false }: { readonly endsInReturn?: boolean } = {},
): Result<Uint8Array> {
  const { document } = message;
  const encoded = encodeWhole(message, endsInReturn);
  const { maxBytes } = document.limits;
  const isTooLarge = document.isEdited && encoded.ok && encoded.value.byteLength > maxBytes;
  return isTooLarge ? fail(tooLarge(maxBytes)) : encoded;
}

function encodeWhole(message: Hl7Message, endsInReturn: boolean): Result<Uint8Array> {
  const { received, document } = message;
  const isAsReceived = !document.isEdited && !endsInReturn;
  if (received !== undefined && isAsReceived) return succeed(received.bytes);
  const declared = declaredEncoding(document.raw(0));
  if (received !== undefined && declared === declaredEncoding(document.headerAsReceived)) {
    return encodeEdited(message, { ...received, endsInReturn });
  }
  if (declared === undefined) return fail(unknownCharset);
  const encoding = declared === "" ? "utf-8" : declared;
  const text = endsInReturn ? document.textEndedByReturn() : document.text();
  const bytes = encodeText(text, encoding);
  return typeof bytes === "number" ? fail(notInCharset(message, encoding)) : succeed(bytes);
}

function encodeEdited(
  message: Hl7Message,
  { bytes, charset, endsInReturn }: Received & { readonly endsInReturn: boolean },
): Result<Uint8Array> {
  const { document } = message;
  const original = new ReceivedBytes({ bytes, charset, text: document.received });
  const parts: Uint8Array[] = [];
  // A set that is switched by escape sequences can only be cut where a segment ends.
  const how = { areSegmentsWhole: charset === "iso-2022-jp" };
  const pieces = endsInReturn ? document.piecesEndedByReturn(how) : document.pieces(how);
  for (const piece of pieces) {
    const part =
      typeof piece === "string"
        ? encodeText(piece, charset)
        : original.stretch(piece.from, piece.to);
    if (typeof part === "number") return fail(notInCharset(message, charset));
    parts.push(part);
  }
  return succeed(Buffer.concat(parts));
}

function notInCharset(message: Hl7Message, encoding: string): Problem {
  return {
    code: "hl7v2.notInCharset",
    text: `The message holds a character that ${encoding} does not have.`,
    hint: "Write it in other letters, or set MSH-18 to UNICODE UTF-8 where the receiver reads that.",
    ...placeOf(message, encoding),
  };
}

/** The first field that cannot be written. */
function placeOf({ segments }: Hl7Message, encoding: string): { at: string } | undefined {
  for (const segment of segments) {
    for (let number = 1; number <= segment.fieldCount; number += 1) {
      const { raw, at } = segment.field(number);
      if (typeof encodeText(raw, encoding) === "number") return { at };
    }
  }
  return undefined;
}

const unknownCharset: Problem = {
  code: "hl7v2.unknownCharset",
  text: "MSH-18 names a character set that is not known here.",
  hint: "Set MSH-18 to a name of table 0211, such as UNICODE UTF-8.",
  at: "MSH-18",
};

function tooLarge(most: number): Problem {
  return {
    code: "hl7v2.tooLarge",
    text: `With what was edited the message has more than ${most} bytes.`,
    hint: "Write less, or raise maxBytes where the message is read.",
  };
}
