import { readFile } from "node:fs/promises";
import { replaceFile } from "@trestle/base/files";
import { z } from "zod";
import { mllpErrors } from "../errors.ts";
import type { SequenceStore } from "../sequence-store.ts";

/**
 * Numbers of links in one file of JSON, written anew as a whole; what is written while a write is
 * under way shares the next one.
 *
 * @param maxLinks How many links are kept, 10 000 where left out.
 * @throws {TrestleError} `mllp.sequenceNotKept` for a file that cannot be read.
 */
export async function openSequenceFile(file: string, maxLinks = 10_000): Promise<SequenceStore> {
  return new FileSequenceStore(file, { maxLinks, numbers: await readNumbers(file) });
}

class FileSequenceStore implements SequenceStore {
  readonly #file: string;
  readonly #maxLinks: number;
  readonly #numbers: Map<string, number>;
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(file: string, kept: { maxLinks: number; numbers: Map<string, number> }) {
    this.#file = file;
    this.#maxLinks = kept.maxLinks;
    this.#numbers = kept.numbers;
  }

  read(link: string): Promise<number | undefined> {
    return Promise.resolve(this.#numbers.get(link));
  }

  async write(link: string, number: number): Promise<void> {
    const before = this.#numbers.get(link);
    if (before === undefined && this.#numbers.size >= this.#maxLinks) {
      throw mllpErrors.tooManyLinks({ maxLinks: this.#maxLinks });
    }
    this.#numbers.set(link, number);
    try {
      await this.#written();
    } catch (error) {
      if (before === undefined) this.#numbers.delete(link);
      else this.#numbers.set(link, before);
      throw mllpErrors.sequenceNotKept({}, error);
    }
  }

  /** Resolves when all numbers of now are on the disk. */
  #written(): Promise<void> {
    this.#next ??= this.#writing
      .catch(() => {})
      .then(() => {
        this.#writing = replaceFile(this.#file, JSON.stringify([...this.#numbers]), {
          mode: 0o600,
        });
        this.#next = undefined;
        return this.#writing;
      });
    return this.#next;
  }
}

async function readNumbers(file: string): Promise<Map<string, number>> {
  try {
    return new Map(shape.parse(JSON.parse(await readFile(file, "utf8"))));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return new Map();
    throw mllpErrors.sequenceNotKept({}, error);
  }
}

/** Rows, because a link may have any name, and an object has names of its own. */
const shape = z.array(z.tuple([z.string(), z.int().min(1)]));
