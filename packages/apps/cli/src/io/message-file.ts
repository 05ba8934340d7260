import { createReadStream } from "node:fs";
import type { Problem, Result } from "@trestle/base";
import { type Hl7Message, decodeMessage, parseMessage } from "@trestle/hl7v2";
import { type Surroundings, UsageError } from "../command.ts";
import { readWhole } from "./read-whole.ts";

/** One message of a file. */
export interface FileMessage {
  /** From 1. */
  readonly number: number;
  /** As they are in the file, except that each segment ends in CR, which the standard asks for. */
  readonly bytes: Uint8Array;
  readonly message: Result<Hl7Message>;
  /** Of reading the bytes and of the message itself. */
  readonly warnings: readonly Problem[];
}

/**
 * Reads the messages of a file, or of standard input for `-`. Each begins with MSH at the start of
 * a line. Line feeds, MLLP framing and the headers of batches, which editors, captures and exports
 * leave behind, are dropped. An empty file gives one message, which cannot be parsed.
 *
 * @throws {UsageError} when the file cannot be read, or is larger than 256 MiB.
 */
export async function readMessages(
  file: string,
  surroundings: Surroundings,
): Promise<readonly FileMessage[]> {
  return splitMessages(await readInput(file, surroundings));
}

/**
 * All bytes of a file, or of standard input for `-`.
 *
 * @throws {UsageError} when the file cannot be read, or is larger than 256 MiB.
 */
export async function readInput(file: string, surroundings: Surroundings): Promise<Uint8Array> {
  return file === "-" ? surroundings.readStandardInput() : readFile(file, surroundings);
}

/** A problem with the file, the number of the message and the place in it. */
export function printProblem(file: string, number: number, problem: Problem): string {
  const name = file === "-" ? "standard input" : file;
  const at = problem.at === undefined ? "" : ` ${problem.at}:`;
  return `${name} message ${number}:${at} ${problem.text}\n  ${problem.hint}`;
}

async function readFile(file: string, { signal }: Surroundings): Promise<Uint8Array> {
  try {
    return await readWhole(createReadStream(file, { signal }), file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (error instanceof UsageError || code === "ABORT_ERR") throw error;
    throw new UsageError(`${file} cannot be read: ${reasons[code] ?? code}`);
  }
}

/** Works on bytes: every message is decoded by the character set that it names itself. */
function splitMessages(bytes: Uint8Array): readonly FileMessage[] {
  // One character a byte, so that nothing changes on the way back.
  const text = Buffer.from(bytes)
    .toString("latin1")
    .replace(byteOrderMark, "")
    .replaceAll("\u{0B}", "")
    .replaceAll("\u{1C}", "")
    .replaceAll(batchSegments, "");
  const starts = [...text.matchAll(messageStarts)].map(
    ({ index, 0: { length } }) => index + length,
  );
  const cuts = starts.length === 0 ? [0] : starts;
  return cuts.map((start, index) => readMessage(index + 1, text.slice(start, cuts[index + 1])));
}

function readMessage(number: number, part: string): FileMessage {
  const segments = part.split(/[\r\n]+/u).filter((segment) => segment !== "");
  const bytes = Buffer.from(segments.map((segment) => `${segment}\r`).join(""), "latin1");
  const decoded = decodeMessage(bytes);
  if (!decoded.ok) return { number, bytes, message: decoded, warnings: [] };
  const message = parseMessage(decoded.value.text);
  const parsed = message.ok ? message.value.warnings : [];
  return { number, bytes, message, warnings: [...decoded.value.warnings, ...parsed] };
}

const byteOrderMark = /^\u{EF}\u{BB}\u{BF}/u;
const batchSegments = /^(?:FHS|BHS|BTS|FTS)\W[^\r\n]*/gmu;
const messageStarts = /(?:^|[\r\n])(?=MSH\W)/gu;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file.",
  EISDIR: "it is a folder. Name a file in it.",
  EACCES: "this user may not read it.",
  EPERM: "this user may not read it.",
};
