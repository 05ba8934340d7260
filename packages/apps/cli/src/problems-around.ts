import type { Problem } from "@trestle/base";
import { counted } from "./out.ts";

/**
 * What is wrong with a file around its messages, told as it is found. The first 20 are told and the
 * others counted, for a file of something else may have one in each line.
 */
export class ProblemsAround {
  count = 0;
  readonly #note: (problem: Problem) => void;
  /** Kept until it is known that this is a file of messages. */
  #early: Problem[] | undefined = [];
  #hasMessage = false;

  constructor(note: (problem: Problem) => void) {
    this.#note = note;
  }

  add(problem: Problem): void {
    this.count += 1;
    if (this.count > mostShown) return;
    if (this.#early === undefined) this.#note(problem);
    else this.#early.push(problem);
  }

  /** An envelope or a message was found. */
  goOn(part: "envelope" | "message"): void {
    for (const problem of this.#early ?? []) this.#note(problem);
    this.#early = undefined;
    if (part === "message") this.#hasMessage = true;
  }

  /** @param nothing What to say of a file that has neither: there is no more to say of it. */
  end(nothing: Problem): void {
    if (this.#early !== undefined) {
      this.count = 1;
      this.#note(nothing);
      return;
    }
    if (this.count > mostShown) this.#note(notShown(this.count - mostShown));
    if (this.count === 0 && !this.#hasMessage) this.#note(emptyEnvelopes);
  }
}

const mostShown = 20;

function notShown(count: number): Problem {
  return {
    code: "cli.notShown",
    text: `${counted(count, "more problem", "more problems")} not shown.`,
    hint: "Correct the first ones and look again.",
  };
}

const emptyEnvelopes: Problem = {
  code: "cli.emptyEnvelopes",
  text: "Its envelopes hold no message.",
  hint: "Nothing is missing where its sender had nothing to send.",
};
