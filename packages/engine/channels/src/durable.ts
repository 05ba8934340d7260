import { type Problem, type Result, TrestleError, fail, succeed } from "@trestle/base";
import type { Appended, Counted, Journal, NewEntry, Position } from "@trestle/journal";

/**
 * The proof that an entry would survive a power cut. Only the journal's own word makes one, and
 * whatever says yes to a sender asks for it, so that no way through the code can say it earlier.
 */
export class Durable {
  readonly #appended: Appended;

  private constructor(appended: Appended) {
    this.#appended = appended;
  }

  /** @throws {TrestleError} `journal.notStored`, `journal.tooManyLinks` */
  static async of(journal: Journal, entry: NewEntry, counted?: Counted): Promise<Durable> {
    return new Durable(await journal.append(entry, counted));
  }

  /** Of the entry at a position, where that is the same message; its bytes may differ. */
  static async at(
    journal: Journal,
    position: Position,
    entry: NewEntry,
  ): Promise<Result<Durable | undefined>> {
    return asked(async () => {
      const kept = await journal.get(position);
      const isIt = kept !== undefined && tellingFacts.every((fact) => kept[fact] === entry[fact]);
      return isIt ? new Durable({ outcome: "duplicate", position }) : undefined;
    });
  }

  get appended(): Appended {
    return this.#appended;
  }
}

/** What a message that was written anew has as before. */
const tellingFacts = ["site", "channel", "disposition", "controlId", "type"] as const;

/** Stores an entry, and its number with it. A failed commit is an answer to the sender, who repeats. */
export function store(
  { journal }: { readonly journal: Journal },
  entry: NewEntry,
  counted?: Counted,
): Promise<Result<Durable>> {
  return asked(() => Durable.of(journal, entry, counted));
}

/** What the journal says, or what its sender is told where it says nothing. */
export async function asked<T>(ask: () => Promise<T>): Promise<Result<T>> {
  try {
    return succeed(await ask());
  } catch (error) {
    return fail(isTooManyLinks(error) ? tooManyLinks : notStored(error));
  }
}

/** Of a journal that is sound, and will say the same of the message when it comes again. */
export const tooManyLinks: Problem = {
  code: "channels.tooManyLinks",
  text: "As many senders as are allowed have sequence numbers (MSH-13), and this one has none yet.",
  hint: "Each pair of sending application and facility is a link. Raise maxLinks of the listener, or look who sends.",
  at: "MSH-13",
};

function isTooManyLinks(error: unknown): boolean {
  return error instanceof TrestleError && error.code === "journal.tooManyLinks";
}

function notStored(error: unknown): Problem {
  const hint = error instanceof Error && "hint" in error ? String(error.hint) : "";
  return {
    code: "channels.notStored",
    text: "The message could not be stored. Nothing was kept; send it again.",
    hint,
  };
}
