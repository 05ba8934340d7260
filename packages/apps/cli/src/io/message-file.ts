import { createReadStream } from "node:fs";
import type { Problem, Result } from "@trestle/base";
import { type FilePart, type Hl7Message, readMessageFile } from "@trestle/hl7v2";
import { type Surroundings, UsageError } from "../command.ts";
import { type OfflineLimits, offlineLimits } from "./offline-limits.ts";
import { ProblemsAround } from "../problems-around.ts";
import { readWhole } from "./read-whole.ts";

/** One message of a file. */
export interface FileMessage {
  /** From 1. */
  readonly number: number;
  /** As it stands in the file; text where the file is UTF-16. */
  readonly source: string | Uint8Array;
  readonly message: Result<Hl7Message>;
  /** Those of the message, but for line feeds at the ends of segments: editors write files so. */
  readonly warnings: readonly Problem[];
}

/** The messages of a file, one after the other, and how much is wrong around them. */
export interface MessageFile {
  /** Each is read when it is asked for. What is wrong with the file around it is printed first. */
  readonly messages: Iterable<FileMessage>;
  /** What each of them may have at most, and its mapping may take. */
  readonly limits: OfflineLimits;
  /** How much was wrong around the messages that were asked for so far. */
  readonly problems: number;
}

/**
 * Opens a file of messages, or standard input for `-`, with or without the headers of batches.
 * That there is no message in it is one of its problems.
 *
 * @param config The integration folder whose limits of messages hold; else the one FILE lies in.
 * @returns Undefined where the folder has problems; they are printed.
 * @throws {UsageError} when the file cannot be read, or is larger than 256 MiB.
 */
export async function openMessages(
  { file, config }: { file: string; config: string | undefined },
  surroundings: Surroundings,
): Promise<MessageFile | undefined> {
  const found = await offlineLimits(file, config);
  if (!found.ok) {
    surroundings.out.note(found.problems);
    return undefined;
  }
  const { limits } = found;
  const note = (problem: Problem) => surroundings.out.note(printFileProblem(file, problem));
  return new OpenFile(await readInput(file, surroundings), { limits, note });
}

class OpenFile implements MessageFile {
  readonly limits: OfflineLimits;
  readonly #bytes: Uint8Array;
  readonly #around: ProblemsAround;

  constructor(
    bytes: Uint8Array,
    { limits, note }: { limits: OfflineLimits; note: (problem: Problem) => void },
  ) {
    this.#bytes = bytes;
    this.limits = limits;
    this.#around = new ProblemsAround(note);
  }

  get messages(): Iterable<FileMessage> {
    return this.#read();
  }

  get problems(): number {
    return this.#around.count;
  }

  *#read(): Generator<FileMessage> {
    for (const part of readMessageFile(this.#bytes, this.limits.messages)) {
      if (part.is === "problem") this.#around.add(part.problem);
      else this.#around.goOn(part.is);
      if (part.is === "message") yield messageOf(part);
    }
    this.#around.end(this.#bytes.byteLength === 0 ? emptyFile : noMessage);
  }
}

function messageOf({ number, source, message }: FilePart & { is: "message" }): FileMessage {
  const warnings = message.ok ? message.value.warnings : [];
  const shown = warnings.filter(({ code }) => code !== "hl7v2.lineFeeds");
  return { number, source, message, warnings: shown };
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

function printFileProblem(file: string, { text, hint }: Problem): string {
  return `${file === "-" ? "standard input" : file}: ${text}\n  ${hint}`;
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

const emptyFile: Problem = {
  code: "cli.emptyFile",
  text: "It is empty.",
  hint: "See whether what should have written it did.",
};

const noMessage: Problem = {
  code: "cli.noMessage",
  text: "There is no HL7 v2 message in it: no line begins with MSH and a separator.",
  hint: "See whether this is the right file, and what wrote it.",
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file.",
  EISDIR: "it is a folder. Name a file in it.",
  EACCES: "this user may not read it.",
  EPERM: "this user may not read it.",
};
