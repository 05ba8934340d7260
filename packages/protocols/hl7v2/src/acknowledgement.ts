import { escapeText } from "./escapes.ts";
import type { Hl7Message } from "./message.ts";
import { type Separators, standardSeparators } from "./separators.ts";

/** What the sender is told: accepted, in error, or rejected. */
export type AcknowledgementCode = "AA" | "AE" | "AR";

export interface Acknowledgement {
  readonly code: AcknowledgementCode;
  /** MSH-10 of the acknowledgement itself. */
  readonly controlId: string;
  /** Written as MSH-7, `YYYYMMDDHHMMSS`. */
  readonly at: string;
  /** Why not; goes into ERR. Only for AE and AR. No patient data. */
  readonly reason?: {
    /** HL7 table 0357, such as `207`. */
    readonly errorCode: string;
    readonly errorText: string;
    readonly text: string;
    /** Where in the message, such as `MSH-9`, `OBX[2]-5[1].3` or `PV1`. */
    readonly at?: string;
  };
}

/**
 * Answers a message in original mode: MSH with sender and receiver exchanged, MSA, and ERR where
 * there is a reason. Works without a parsed message too, for bytes that are none.
 *
 * @returns The text of the acknowledgement; segments end in CR.
 * @see HL7 v2.5.1, chapter 2.9.2 and 2.15.5 (ERR)
 */
export function acknowledge(message: Hl7Message | undefined, answer: Acknowledgement): string {
  const separators = message?.separators ?? standardSeparators;
  const segments = [
    header(message, answer, separators),
    join(separators, [
      "MSA",
      answer.code,
      message?.header.field(10).raw ?? "",
      textOf(answer, separators),
    ]),
  ];
  if (answer.reason !== undefined) segments.push(error(answer.reason, separators));
  return segments.map((segment) => `${segment}\r`).join("");
}

function header(
  message: Hl7Message | undefined,
  answer: Acknowledgement,
  separators: Separators,
): string {
  const sent = message?.header;
  const raw = (number: number) => sent?.field(number).raw ?? "";
  return join(separators, [
    "MSH",
    `${separators.component}${separators.repetition}${separators.escape}${separators.subcomponent}`,
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
  ]);
}

/** `ACK^A08`, and `ACK^A08^ACK` for a sender who names structures. */
function typeOf(message: Hl7Message | undefined, separators: Separators): string {
  const type = message?.header.field(9);
  const trigger = type?.component(2).raw ?? "";
  if (trigger === "") return "ACK";
  const structure = type?.component(3).raw === "" ? [] : ["ACK"];
  return ["ACK", trigger, ...structure].join(separators.component);
}

function error(reason: NonNullable<Acknowledgement["reason"]>, separators: Separators): string {
  const code = [reason.errorCode, reason.errorText, "HL70357"];
  return join(separators, [
    "ERR",
    "",
    locationOf(reason.at, separators),
    code.map((part) => write(part, separators)).join(separators.component),
    "E",
    "",
    "",
    "",
    write(reason.text, separators),
  ]);
}

/** ERR-2, where everything counts from 1: segment, which of its kind, field, repetition, parts. */
function locationOf(at: string | undefined, separators: Separators): string {
  const parts = placeShape.exec(at ?? "")?.groups;
  if (parts === undefined) return "";
  const { segment = "", index = "0", field, repetition = "0", component, subcomponent } = parts;
  const place = [segment, String(Number(index) + 1)];
  if (field !== undefined) place.push(field, String(Number(repetition) + 1));
  place.push(component ?? "", subcomponent ?? "");
  return withoutEmptyEnd(place).join(separators.component);
}

function textOf(answer: Acknowledgement, separators: Separators): string {
  return answer.reason === undefined ? "" : write(answer.reason.text, separators);
}

function write(text: string, separators: Separators): string {
  return escapeText(text, separators);
}

/** Joins fields and leaves out the empty ones at the end. */
function join(separators: Separators, fields: readonly string[]): string {
  return withoutEmptyEnd(fields).join(separators.field);
}

function withoutEmptyEnd(parts: readonly string[]): readonly string[] {
  return parts.slice(0, parts.findLastIndex((part) => part !== "") + 1);
}

const placeShape =
  /^(?<segment>[A-Z][A-Z0-9]{2})(?:\[(?<index>\d+)\])?(?:-(?<field>\d+)(?:\[(?<repetition>\d+)\])?(?:\.(?<component>\d+)(?:\.(?<subcomponent>\d+))?)?)?$/u;
