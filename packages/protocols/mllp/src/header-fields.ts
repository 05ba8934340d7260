import { HeadText } from "@trestle/hl7v2";

/** What the rules of acknowledgement need of a message's header, as it stands on the wire. */
export interface MessageHeader {
  /** MSH-10. */
  readonly controlId: string;
  /** MSH-13. */
  readonly sequence: string;
  /** MSH-15, when an accept acknowledgement is wanted. */
  readonly commitWanted: string;
  /** MSH-16, when an application acknowledgement is wanted. */
  readonly applicationWanted: string;
}

/** What a receiver said about a message: the MSA segment. */
export interface Acknowledgement {
  /** MSA-1, such as `AA` or `CR`; empty where there is none. */
  readonly code: string;
  /** MSA-2, the control id of the message that is answered. */
  readonly controlId: string;
  /** MSA-4 of the sequence number protocol. */
  readonly expectedSequence?: number;
  /** The whole answer; may hold patient data. */
  readonly payload: Uint8Array;
}

/**
 * Reads the first segment of a message. What stands in these fields is ASCII, which every character
 * set but UTF-16 writes alike.
 *
 * @returns Undefined for bytes that do not begin with a message header.
 */
export function readHeader(payload: Uint8Array): MessageHeader | undefined {
  const { fields } = headOf(payload);
  if (fields[0] !== "MSH") return undefined;
  // The separator behind MSH is itself the first field.
  const field = (number: number): string => fields[number - 1] ?? "";
  return {
    controlId: field(10),
    sequence: field(13),
    commitWanted: field(15),
    applicationWanted: field(16),
  };
}

/** @returns Undefined for bytes that are no acknowledgement: no header, or no MSA behind it. */
export function readAcknowledgement(payload: Uint8Array): Acknowledgement | undefined {
  const [header = "", ...others] = new HeadText(payload, maxAnswerHeadBytes).text.split(/[\r\n]+/u);
  if (!header.startsWith("MSH")) return undefined;
  const separator = header.charAt(3);
  const segment = others.find((line) => line.startsWith(`MSA${separator}`));
  if (separator === "" || segment === undefined) return undefined;
  const [, code = "", controlId = "", , expected = ""] = segment.split(separator);
  const isNumber = /^-?\d{1,15}$/u.test(expected);
  return {
    code,
    controlId,
    payload,
    ...(isNumber ? { expectedSequence: Number(expected) } : {}),
  };
}

/**
 * Writes fields of MSH into a message, by their numbers; all other bytes stay as they are.
 *
 * @returns The same bytes where they do not begin with a message header.
 */
export function withHeaderFields(
  payload: Uint8Array,
  written: ReadonlyMap<number, string>,
): Uint8Array {
  const { head, line, separator, fields } = headOf(payload);
  if (fields[0] !== "MSH") return payload;
  for (const [number, text] of written) {
    while (fields.length < number) fields.push("");
    // The separator behind MSH is itself the first field.
    fields[number - 1] = text;
  }
  return head.replaced(line.length, fields.join(separator));
}

/** Writes MSH-13 into a message. */
export function withSequence(payload: Uint8Array, sequence: number): Uint8Array {
  return withHeaderFields(payload, new Map([[13, String(sequence)]]));
}

/**
 * A header alone, for a message that only starts or resets a link. It names the same two sides, and
 * asks for the one answer of original mode.
 */
export function headerAlone(payload: Uint8Array, controlId: string): Uint8Array {
  const { head, separator, fields: all } = headOf(payload);
  const fields = all.slice(0, 12);
  while (fields.length < 10) fields.push("");
  fields[9] = controlId;
  return head.written(`${fields.join(separator)}\r`);
}

function headOf(payload: Uint8Array) {
  const head = new HeadText(payload, maxHeaderBytes);
  const [line = ""] = head.text.split(/[\r\n]/u, 1);
  const separator = line.charAt(3);
  return { head, line, separator, fields: separator === "" ? [line] : line.split(separator) };
}

/** A hundred times what a header takes. */
const maxHeaderBytes = 65_536;
const maxAnswerHeadBytes = 1024 * 1024;
