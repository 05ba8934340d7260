import type { Problem, Result } from "@trestle/base";
import type { Appended, Journal, NewEntry, Position } from "@trestle/journal";

/**
 * The proof that an entry would survive a power cut. Only the journal's own word makes one, and
 * whatever says yes to a sender asks for it, so that no way through the code can say it earlier.
 */
export class Durable {
  readonly #appended: Appended;

  private constructor(appended: Appended) {
    this.#appended = appended;
  }

  /** @throws {TrestleError} `journal.notStored` */
  static async of(journal: Journal, entry: NewEntry): Promise<Durable> {
    return new Durable(await journal.append(entry));
  }

  /** Of an equal entry that is stored already; undefined where there is none. */
  static async found(journal: Journal, entry: NewEntry): Promise<Result<Durable | undefined>> {
    return known(async () => {
      const position = await journal.find(entry);
      return position === undefined ? undefined : new Durable({ outcome: "duplicate", position });
    });
  }

  /** Of the entry at a position, where that was accepted with this control id. */
  static async at(
    journal: Journal,
    position: Position,
    controlId: string,
  ): Promise<Result<Durable | undefined>> {
    return known(async () => {
      const entry = await journal.get(position);
      const isIt = entry?.disposition === "accepted" && entry.controlId === controlId;
      return isIt ? new Durable({ outcome: "duplicate", position }) : undefined;
    });
  }

  get appended(): Appended {
    return this.#appended;
  }
}

/** Stores an entry. A failed commit is an answer to the sender, who sends again. */
export async function store(
  { journal }: { readonly journal: Journal },
  entry: NewEntry,
): Promise<Result<Durable>> {
  return known(() => Durable.of(journal, entry));
}

/** What the journal says, or why it says nothing. */
async function known<T>(ask: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await ask() };
  } catch (error) {
    return { ok: false, problem: notStored(error) };
  }
}

function notStored(error: unknown): Problem {
  const hint = error instanceof Error && "hint" in error ? String(error.hint) : "";
  return {
    code: "channels.notStored",
    text: "The message could not be stored. Nothing was kept; send it again.",
    hint,
  };
}
