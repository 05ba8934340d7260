import { encodingOf } from "./charset-names.ts";
import { encodeText } from "./encode.ts";
import { type ErrorReason, errorSegments } from "./error-segments.ts";
import { escapeText } from "./escapes.ts";
import type { Hl7Message } from "./message.ts";
import { type Separators, declaration, standardSeparators } from "./separators.ts";

/**
 * What the sender is told. In original mode, and by the application in enhanced mode: accepted (AA),
 * in error (AE), rejected (AR). By whoever took the message in, in enhanced mode: CA, CE, CR.
 *
 * @see HL7 table 0008
 */
export type AcknowledgementCode = "AA" | "AE" | "AR" | "CA" | "CE" | "CR";

export interface Acknowledgement {
  readonly code: AcknowledgementCode;
  /** MSH-10 of the acknowledgement itself. */
  readonly controlId: string;
  /** Written as MSH-7, `YYYYMMDDHHMMSS`. */
  readonly at: string;
  /** MSA-4, where the sequence number protocol is spoken. */
  readonly expectedSequence?: number;
  /** Why not; goes into ERR. Not for AA and CA. */
  readonly reason?: ErrorReason;
  /** Further reasons; with `reason`, each becomes an ERR, or since it may repeat, a part of one. */
  readonly reasons?: readonly ErrorReason[];
}

/**
 * Answers a message: MSH with sender and receiver exchanged, MSA, and an ERR for each reason, in the
 * form of the version that the sender speaks. Works without a parsed message too, for bytes that are
 * none.
 *
 * @returns The text of the acknowledgement; segments end in CR. `acknowledgeInBytes` gives what goes
 * onto the wire.
 * @see HL7 v2.5.1, chapters 2.9.2 (original mode), 2.9.3 (enhanced mode) and 2.15.5 (ERR)
 */
export function acknowledge(message: Hl7Message | undefined, answer: Acknowledgement): string {
  const separators = message?.separators ?? standardSeparators;
  const reasons = [
    ...(answer.reason === undefined ? [] : [answer.reason]),
    ...(answer.reasons ?? []),
  ];
  const version = message?.version ?? "";
  const text = reasons[0]?.text ?? "";
  const confirmed = [
    "MSA",
    answer.code,
    message?.header.field(10).raw ?? "",
    escapeText(text, separators),
    answer.expectedSequence === undefined ? "" : String(answer.expectedSequence),
  ];
  const segments = [
    header(message, answer, separators),
    join(separators, confirmed),
    ...errorSegments(reasons, { version, separators }),
  ];
  return segments.map((segment) => `${segment}\r`).join("");
}

/**
 * The bytes of an acknowledgement, in the character set that the message really came in. What the
 * sender wrote itself, such as its control ID, goes back as it was; a character of our own texts
 * that its set does not have is written as a question mark.
 */
export function acknowledgeInBytes(
  message: Hl7Message | undefined,
  answer: Acknowledgement,
): Uint8Array {
  const text = acknowledge(message, answer);
  const charset = message?.charset ?? "utf-8";
  const bytes = encodeText(text, charset);
  return typeof bytes === "number" ? encodeLeniently(text, charset) : bytes;
}

function encodeLeniently(text: string, charset: string): Uint8Array {
  const written = Array.from(text, (character) =>
    typeof encodeText(character, charset) === "number" ? "?" : character,
  );
  const bytes = encodeText(written.join(""), charset);
  return typeof bytes === "number" ? Buffer.from(text, "utf8") : bytes;
}

function header(
  message: Hl7Message | undefined,
  answer: Acknowledgement,
  separators: Separators,
): string {
  const sent = message?.header;
  const raw = (number: number) => sent?.field(number).raw ?? "";
  const fields = [
    "MSH",
    declaration(separators),
    raw(5),
    raw(6),
    raw(3),
    raw(4),
    answer.at,
    "",
    typeOf(message, separators),
    answer.controlId,
    raw(11) || "P",
    raw(12) || "2.5.1",
  ];
  return join(separators, [...fields, "", "", "", "", "", charsetOf(message)]);
}

/** MSH-18 as the sender wrote it, where its set is known here. */
function charsetOf(message: Hl7Message | undefined): string {
  const declared = message?.header.field(18);
  if (declared === undefined || declared.isNull) return "";
  const isKnown = encodingOf(declared.repetitions.map(({ raw }) => raw)) !== undefined;
  return isKnown ? declared.raw : "";
}

/** `ACK^A08`, and `ACK^A08^ACK` for a sender who names structures. */
function typeOf(message: Hl7Message | undefined, separators: Separators): string {
  const type = message?.header.field(9);
  const trigger = type?.component(2).raw ?? "";
  if (trigger === "") return "ACK";
  const structure = type?.component(3).raw === "" ? [] : ["ACK"];
  return ["ACK", trigger, ...structure].join(separators.component);
}

/** Joins fields and leaves out the empty ones at the end. */
function join(separators: Separators, fields: readonly string[]): string {
  return fields.slice(0, fields.findLastIndex((part) => part !== "") + 1).join(separators.field);
}
