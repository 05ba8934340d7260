import { open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { mllpErrors } from "../errors.ts";
import type { LastNumber, SequenceStore } from "../sequence-store.ts";

/**
 * Numbers of links in one file of JSON, written anew as a whole; what is written while a write is
 * under way shares the next one.
 *
 * @param maxLinks How many links are kept, 10 000 where left out; senders choose their names.
 * @throws {TrestleError} `mllp.sequenceNotKept` for a file that cannot be read.
 */
export async function openSequenceFile(file: string, maxLinks = 10_000): Promise<SequenceStore> {
  return new FileSequenceStore(file, { maxLinks, numbers: await readNumbers(file) });
}

class FileSequenceStore implements SequenceStore {
  readonly #file: string;
  readonly #maxLinks: number;
  readonly #numbers: Map<string, LastNumber>;
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(file: string, kept: { maxLinks: number; numbers: Map<string, LastNumber> }) {
    this.#file = file;
    this.#maxLinks = kept.maxLinks;
    this.#numbers = kept.numbers;
  }

  read(link: string): Promise<LastNumber | undefined> {
    return Promise.resolve(this.#numbers.get(link));
  }

  async write(link: string, last: LastNumber | undefined): Promise<void> {
    const before = this.#numbers.get(link);
    if (before === undefined && this.#numbers.size >= this.#maxLinks) {
      throw mllpErrors.tooManyLinks({ maxLinks: this.#maxLinks });
    }
    this.#set(link, last);
    try {
      await this.#written();
    } catch (error) {
      this.#set(link, before);
      throw mllpErrors.sequenceNotKept({}, error);
    }
  }

  #set(link: string, last: LastNumber | undefined): void {
    if (last === undefined) this.#numbers.delete(link);
    else this.#numbers.set(link, last);
  }

  /** Resolves when all numbers of now are on the disk. */
  #written(): Promise<void> {
    this.#next ??= this.#writing
      .catch(() => {})
      .then(() => {
        this.#writing = replaceFile(this.#file, textOf(this.#numbers));
        this.#next = undefined;
        return this.#writing;
      });
    return this.#next;
  }
}

async function readNumbers(file: string): Promise<Map<string, LastNumber>> {
  try {
    const rows = shape.parse(JSON.parse(await readFile(file, "utf8")));
    return new Map(rows.map(([link, number, position]) => [link, { number, position }]));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return new Map();
    throw mllpErrors.sequenceNotKept({}, error);
  }
}

function textOf(numbers: ReadonlyMap<string, LastNumber>): string {
  return JSON.stringify(
    [...numbers].map(([link, { number, position }]) =>
      position === undefined ? [link, number] : [link, number, position],
    ),
  );
}

/** The old content or the new one is there, whatever happens meanwhile. */
async function replaceFile(file: string, text: string): Promise<void> {
  const written = `${file}.new`;
  const handle = await open(written, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(written, file);
  const folder = await open(dirname(file), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Rows, because senders choose the names, and an object has names of its own. */
const shape = z.array(z.tuple([z.string(), z.int().min(1), z.int().min(1).optional()]));
