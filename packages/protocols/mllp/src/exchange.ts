import { type AcknowledgementMode, acknowledgementMode } from "@trestle/hl7v2";
import type { CommitBlock } from "./blocks.ts";
import { type Acknowledgement, readAcknowledgement, readHeader } from "./header-fields.ts";

/** What a receiver answered to one message. */
export interface Answers {
  /** CA, CE or CR: whether it took the message. */
  readonly commit?: Acknowledgement;
  /** What it made of the message; AA, AE or AR. In original mode the only answer, whatever its code. */
  readonly application?: Acknowledgement;
  /** The answer to bytes that are no HL7 message, as it came. */
  readonly plain?: Uint8Array;
}

/** What an exchange waits for now. */
type Step = "block" | "commit" | "application" | "plain" | "done";

/** What became of something received: not for this message, not fitting it, or taken. */
export type Judged = "other" | "wrong" | "taken" | "refused";

/**
 * One message and the answers that it waits for.
 *
 * In original mode that is one answer; in enhanced mode a commit answer as MSH-15 says, then an
 * application answer as MSH-16 says. Under release 2 a block comes before all of them.
 *
 * @see HL7 v2.5.1, chapter 2.9.2 and 2.9.3, table 0155
 */
export class Exchange {
  /** MSH-10; undefined for bytes that are no message. */
  readonly controlId: string | undefined;
  readonly #mode: AcknowledgementMode;
  #step: Step;
  #answers: Answers = {};

  constructor(payload: Uint8Array, isBlockExpected: boolean) {
    const header = readHeader(payload);
    const { commitWanted: accept = "", applicationWanted: application = "" } = header ?? {};
    this.controlId = header?.controlId;
    this.#mode = acknowledgementMode({ accept, application });
    this.#step = isBlockExpected ? "block" : this.#firstAnswer();
  }

  get step(): Step {
    return this.#step;
  }

  get answers(): Answers {
    return this.#answers;
  }

  takeBlock(block: CommitBlock): Judged {
    if (this.#step !== "block") return "other";
    if (block === "notStored") return "refused";
    this.#step = this.#firstAnswer();
    return "taken";
  }

  takeAnswer(payload: Uint8Array): Judged {
    if (this.#step === "plain") return this.#end({ plain: payload });
    const answer = readAcknowledgement(payload);
    if (answer === undefined) return "wrong";
    if (answer.controlId !== this.controlId) return "other";
    if (this.#step === "block" || this.#step === "done") return "wrong";
    return this.#mode.isEnhanced && answer.code.startsWith("C")
      ? this.#takeCommit(answer)
      : this.#end({ application: answer });
  }

  /**
   * The time for this step ran out.
   *
   * @returns False where an answer should have come. Where only an error is told, silence is none.
   */
  passInSilence(): boolean {
    if (this.#step === "commit" && this.#mode.accept === "ER") {
      this.#step = this.#afterCommit();
      return true;
    }
    if (this.#step !== "application" || this.#mode.application !== "ER") return false;
    this.#step = "done";
    return true;
  }

  /** A commit answer that says no is the last one: the application never sees the message. */
  #takeCommit(answer: Acknowledgement): Judged {
    if (this.#answers.commit !== undefined) return "wrong";
    this.#answers = { commit: answer };
    this.#step = answer.code === "CA" ? this.#afterCommit() : "done";
    return "taken";
  }

  /** Receivers that know one kind of answer alone give it for both. */
  #end(last: Answers): Judged {
    this.#answers = { ...this.#answers, ...last };
    this.#step = "done";
    return "taken";
  }

  #firstAnswer(): Step {
    if (this.controlId === undefined) return "plain";
    return this.#mode.accept === "NE" ? this.#afterCommit() : "commit";
  }

  #afterCommit(): Step {
    return this.#mode.application === "NE" ? "done" : "application";
  }
}
