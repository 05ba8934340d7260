import { type Problem, type Result, fail } from "@trestle/base";
import { type Boundary, BoundaryFinder } from "./batch-lines.ts";
import { batchProblems } from "./batch-problems.ts";
import { decodeMessage, markLength } from "./charset.ts";
import type { MessageLimits } from "./limits.ts";
import type { Hl7Message } from "./message.ts";
import { parseMessage, readMessage } from "./parse.ts";
import { Segment } from "./segment.ts";
import { type Separators, readSeparators, standardSeparators } from "./separators.ts";

/** What stands in a file, in its order. */
export type FilePart =
  /** FHS or BHS, FTS or BTS. */
  | { readonly is: "envelope"; readonly segment: Segment }
  | {
      readonly is: "message";
      /** Of the file, from 1. */
      readonly number: number;
      /** The batch that it stands in, from 1; 0 outside of any. */
      readonly batch: number;
      /** As it stands in the file; bytes where the file was given as bytes. */
      readonly source: string | Uint8Array;
      readonly message: Result<Hl7Message>;
    }
  /** The file is not as it should be: a count that differs, an end that is missing. */
  | { readonly is: "problem"; readonly problem: Problem };

export interface FileLimits extends MessageLimits {
  readonly maxMessages: number;
  readonly maxBatches: number;
}

/**
 * Reads a file of messages with or without envelopes: FHS, BHS, messages, BTS, FTS. Each message is
 * read when it is asked for, in the character set that it names itself, and may have a problem
 * without an effect on those behind it. BTS-1 and FTS-1 are held against what was found.
 *
 * @param limits Those of messages, and how many messages and batches a file may have: 1 000 000 and
 * 100 000 where nothing is said. Behind the last one that is allowed reading ends with a problem.
 * @see HL7 v2.5.1, chapter 2.10.3
 */
export function* readMessageFile(
  file: string | Uint8Array,
  limits: Partial<FileLimits> = {},
): Generator<FilePart, void, undefined> {
  const reader = new FileReader(sourceOf(file), limits);
  yield* reader.parts();
}

/** The file as text to search, and how to come by what stands in it. */
interface Source {
  readonly view: string;
  cut(from: number, to: number): string | Uint8Array;
}

function sourceOf(file: string | Uint8Array): Source {
  if (typeof file === "string") return textSource(file);
  // UTF-16 is decoded whole; of all other sets lines and names can be told from the bytes.
  const isWide = markLength(file) === 2 || file[0] === 0 || file[1] === 0;
  const decoded = isWide ? decodeMessage(file) : undefined;
  if (decoded?.ok === true) return textSource(decoded.value.text);
  const bytes = file.subarray(markLength(file));
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return { view, cut: (from, to) => bytes.subarray(from, to) };
}

function textSource(text: string): Source {
  const view = text.startsWith("\u{FEFF}") ? text.slice(1) : text;
  return { view, cut: (from, to) => view.slice(from, to) };
}

class FileReader {
  readonly #source: Source;
  readonly #limits: Partial<FileLimits>;
  readonly #finder: BoundaryFinder;
  #separators: Separators = standardSeparators;
  #messages = 0;
  #batches = 0;
  /** Of the batch or file that is open. */
  #messagesInBatch: number | undefined;
  #batchesInFile: number | undefined;
  #messageStart: number | undefined;

  constructor(source: Source, limits: Partial<FileLimits>) {
    this.#source = source;
    this.#limits = limits;
    this.#finder = new BoundaryFinder(source.view);
  }

  *parts(): Generator<FilePart, void, undefined> {
    const { maxMessages = 1_000_000, maxBatches = 100_000 } = this.#limits;
    for (;;) {
      const boundary = this.#finder.next(this.#messageStart !== undefined);
      if (this.#messageStart !== undefined) yield this.#message(this.#messageStart, boundary.start);
      this.#messageStart = boundary.name === "MSH" ? boundary.start : undefined;
      if (boundary.name === "MSH" && this.#messages >= maxMessages) {
        yield problem(batchProblems.tooManyMessages(maxMessages));
        return;
      }
      if (boundary.name === "BHS" && this.#batches >= maxBatches) {
        yield problem(batchProblems.tooManyBatches(maxBatches));
        return;
      }
      for (const found of this.#problemsAt(boundary)) yield problem(found);
      if (boundary.name === "end") return;
      if (boundary.name !== "MSH" && boundary.name !== "other") {
        yield { is: "envelope", segment: this.#envelope(boundary) };
      }
    }
  }

  #message(start: number, boundary: number): FilePart {
    const source = this.#source.cut(start, endOfMessage(this.#source.view, start, boundary));
    this.#messages += 1;
    if (this.#messagesInBatch !== undefined) this.#messagesInBatch += 1;
    const message =
      typeof source === "string"
        ? parseMessage(source, this.#limits)
        : readMessage(source, this.#limits);
    const batch = this.#messagesInBatch === undefined ? 0 : this.#batches;
    return { is: "message", number: this.#messages, batch, source, message };
  }

  /** What is wrong at a boundary; goes into or out of batch and file. */
  #problemsAt(boundary: Boundary): readonly Problem[] {
    switch (boundary.name) {
      case "FHS":
        return [...this.#closeBatch(), ...this.#openFile()];
      case "BHS":
        return [...this.#closeBatch(), ...this.#openBatch()];
      case "BTS":
        return this.#endBatch(boundary);
      case "FTS":
        return [...this.#closeBatch(), ...this.#endFile(boundary)];
      case "end":
        return [...this.#closeBatch(), ...this.#closeFile()];
      case "other":
        return [batchProblems.strayLine(boundary.number)];
      case "MSH":
        break;
    }
    return [];
  }

  #openFile(): readonly Problem[] {
    const unclosed = this.#closeFile();
    this.#batchesInFile = 0;
    return unclosed;
  }

  #openBatch(): readonly Problem[] {
    this.#batches += 1;
    if (this.#batchesInFile !== undefined) this.#batchesInFile += 1;
    this.#messagesInBatch = 0;
    return [];
  }

  #endBatch(boundary: Boundary): readonly Problem[] {
    const found = this.#messagesInBatch;
    this.#messagesInBatch = undefined;
    if (found === undefined) return [batchProblems.trailerAlone("BTS", boundary.number)];
    const said = countIn(this.#envelope(boundary));
    const differs = said !== undefined && said !== found;
    return differs ? [batchProblems.wrongMessageCount(said, found, this.#batches)] : [];
  }

  #endFile(boundary: Boundary): readonly Problem[] {
    const found = this.#batchesInFile;
    this.#batchesInFile = undefined;
    if (found === undefined) return [batchProblems.trailerAlone("FTS", boundary.number)];
    const said = countIn(this.#envelope(boundary));
    const differs = said !== undefined && said !== found;
    return differs ? [batchProblems.wrongBatchCount(said, found)] : [];
  }

  /** A batch that something else ends than its BTS. */
  #closeBatch(): readonly Problem[] {
    const isOpen = this.#messagesInBatch !== undefined;
    this.#messagesInBatch = undefined;
    return isOpen ? [batchProblems.unclosedBatch(this.#batches)] : [];
  }

  #closeFile(): readonly Problem[] {
    const isOpen = this.#batchesInFile !== undefined;
    this.#batchesInFile = undefined;
    return isOpen ? [batchProblems.unclosedFile] : [];
  }

  #envelope({ name, start, end }: Boundary): Segment {
    const source = this.#source.cut(start, end);
    const raw = typeof source === "string" ? source : textOf(source);
    const declared = name.endsWith("HS") ? readSeparators(raw) : fail(undefined);
    if (declared.ok) this.#separators = declared.value;
    // A trailer is written with the separators of its header.
    return new Segment({ name, index: 0, raw, separators: this.#separators });
  }
}

/** Without what a capture or an editor left behind it; one end of the last segment stays. */
function endOfMessage(view: string, start: number, boundary: number): number {
  let end = boundary;
  while (end > start && isLineEnd(view.charCodeAt(end - 1))) end -= 1;
  if (view.startsWith("\r\n", end)) return end + 2;
  return end < boundary && /[\r\n]/u.test(view.charAt(end)) ? end + 1 : end;
}

function isLineEnd(code: number): boolean {
  return code === 0x0d || code === 0x0a || code === 0x0b || code === 0x1c || code === 0x1a;
}

function textOf(bytes: Uint8Array): string {
  const decoded = decodeMessage(bytes);
  return decoded.ok ? decoded.value.text : "";
}

function countIn(trailer: Segment): number | undefined {
  const text = trailer.field(1).text?.trim() ?? "";
  return /^\d{1,9}$/u.test(text) ? Number(text) : undefined;
}

function problem(found: Problem): FilePart {
  return { is: "problem", problem: found };
}
