import { readFile } from "node:fs/promises";
import type { Problem, Result } from "@trestle/base";
import { type Hl7Message, decodeMessage, parseMessage } from "@trestle/hl7v2";
import { type Surroundings, UsageError } from "../command.ts";

/** One message of a file. */
export interface FileMessage {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly message: Result<Hl7Message>;
}

/**
 * Reads a file, or standard input for `-`.
 *
 * @throws {UsageError} when there is no such file.
 */
export async function readMessageFile(
  file: string,
  surroundings: Surroundings,
): Promise<Uint8Array> {
  if (file === "-") return surroundings.readStandardInput();
  try {
    return await readFile(file);
  } catch {
    throw new UsageError(`${file} cannot be read. Check the path.`);
  }
}

/**
 * Cuts a file into messages: each begins with MSH at the start of a line. MLLP framing and line
 * feeds, which editors and captures leave behind, are tolerated.
 */
export function splitMessages(bytes: Uint8Array): FileMessage[] {
  const unframed = Buffer.from(bytes).filter((byte) => byte !== 0x0b && byte !== 0x1c);
  const decoded = decodeMessage(unframed);
  if (!decoded.ok) return [{ number: 1, text: "", message: decoded }];
  const text = decoded.value.text.replace(/^\u{FEFF}/u, "");
  const starts = [...text.matchAll(/(?:^|[\r\n])(?=MSH\W)/gu)].map(
    ({ index, 0: { length } }) => index + length,
  );
  const cuts = starts.length === 0 ? [0] : starts;
  return cuts
    .map((start, index) => text.slice(start, cuts[index + 1]).trimEnd())
    .filter((part) => part !== "")
    .map((part, index) => ({ number: index + 1, text: part, message: parseMessage(part) }));
}

/** The bytes of a message as a sender should send them: segments end in CR. */
export function wireBytes(text: string): Uint8Array {
  return Buffer.from(`${text.split(/\r\n|\r|\n/u).join("\r")}\r`, "utf8");
}

/** A problem with the file, the number of the message and the place in it. */
export function printProblem(file: string, number: number, problem: Problem): string {
  const at = problem.at === undefined ? "" : ` ${problem.at}:`;
  return `${file} message ${number}:${at} ${problem.text}\n  ${problem.hint}`;
}
