import { TrestleError } from "@trestle/base";
import { acknowledgementMode } from "@trestle/hl7v2";
import { mllpErrors } from "./errors.ts";
import type { Answers } from "./exchange.ts";
import { type MessageHeader, headerAlone, readHeader, withSequence } from "./header-fields.ts";
import { anyNumber } from "./sequence.ts";
import type { SequenceStore } from "./sequence-store.ts";

/** Numbers for the messages to one receiver. */
export interface SequenceOptions {
  readonly store: SequenceStore;
  /** Names this link in the store. */
  readonly link: string;
}

/** Sends one message and gives its answers. */
export type Ask = (payload: Uint8Array) => Promise<Answers>;

/**
 * The sender's side of the sequence number protocol, one message at a time.
 *
 * Each new connection starts with number 0, to hear what the receiver expects; so does the message
 * behind one whose answer does not say whether its number is taken. A message whose answer was missed,
 * or said to come again, keeps its number when it is sent again, so that the receiver knows it. What
 * the two sides cannot settle by themselves is an error for a person.
 *
 * @see HL7 v2.5.1, chapter 2.10.1
 */
export class SequencedLink {
  readonly #options: SequenceOptions;
  #startedOn: unknown;
  #next = 1;
  /** Known to be taken, whether it could be kept or not. */
  #taken: number | undefined;
  #unsettled: { readonly controlId: string; readonly number: number } | undefined;
  #starts = 0;

  constructor(options: SequenceOptions) {
    this.#options = options;
  }

  /**
   * @param connection Tells one connection from the next.
   * @throws {TrestleError} `mllp.sequenceBroken`; `mllp.sequenceNotKept`, and nothing was sent;
   * `mllp.takenNotKept`, behind which a repeat of this message keeps its number; and what `ask`
   * throws, where what is missed before the message itself was sent is `mllp.connectionFailed`.
   */
  async send(payload: Uint8Array, ask: Ask, connection: unknown): Promise<Answers> {
    const header = readHeader(payload);
    // Bytes without a header have no place for a number.
    if (header === undefined) return ask(payload);
    if (this.#startedOn !== connection) await this.#start(payload, nothingSent(ask), 0);
    this.#startedOn = connection;
    const { controlId } = header;
    const number = this.#numberOf(controlId);
    this.#unsettled = { controlId, number };
    const answers = await ask(withSequence(payload, number));
    await this.#settle(answers, number, header);
    return answers;
  }

  /** Tells the receiver to take whatever number comes next for the first: a person's decision. */
  async reset(header: Uint8Array, ask: Ask, connection: unknown): Promise<void> {
    await this.#start(header, ask, anyNumber);
    this.#startedOn = connection;
  }

  #numberOf(controlId: string): number {
    return this.#unsettled?.controlId === controlId ? this.#unsettled.number : this.#next;
  }

  async #start(payload: Uint8Array, ask: Ask, number: 0 | -1): Promise<void> {
    this.#starts += 1;
    const { store, link } = this.#options;
    const answers = await ask(withSequence(headerAlone(payload, `SEQ${this.#starts}`), number));
    const expected = expectedBy(answers);
    const last = this.#taken ?? (await store.read(link));
    if (number === anyNumber) this.#unsettled = undefined;
    const next = nextAfter(last, expected, number === anyNumber);
    if (next - 1 > (last ?? 0)) await this.#hear(next - 1);
    this.#next = next;
  }

  /** Keeps what the receiver says it took, or one more that is not known would break the link. */
  async #hear(number: number): Promise<void> {
    const { store, link } = this.#options;
    await store.write(link, number);
    this.#taken = number;
  }

  async #settle(answers: Answers, number: number, header: MessageHeader): Promise<void> {
    const expected = expectedBy(answers) ?? number;
    if (expected !== number && expected !== number + 1) {
      this.#startedOn = undefined;
      throw mllpErrors.sequenceBroken({ sent: number, expected });
    }
    const fate = expected === number + 1 ? "taken" : fateOf(answers, header);
    if (fate === "taken") await this.#count(number);
    // A repeat that is refused was taken before, under this number.
    else if (number < this.#next) return;
    else if (fate === "unknown") this.#startedOn = undefined;
    if (!mayComeAgain(answers, fate)) this.#unsettled = undefined;
  }

  /** Counts first: a number that was taken is never given to another message. */
  async #count(number: number): Promise<void> {
    const { store, link } = this.#options;
    this.#taken = number;
    this.#next = number + 1;
    try {
      await store.write(link, number);
    } catch (error) {
      throw mllpErrors.takenNotKept({ sent: number }, error);
    }
  }
}

/** Only a number was sent so far, so that whatever is not known is not known of the message. */
function nothingSent(ask: Ask): Ask {
  return async (payload) => {
    try {
      return await ask(payload);
    } catch (error) {
      if (!(error instanceof TrestleError) || error.failure !== "ambiguous") throw error;
      throw mllpErrors.connectionFailed(error.facts, error);
    }
  };
}

/** The last message may have been taken although its answer was missed: one more is fine. */
function nextAfter(last: number | undefined, expected: number | undefined, isReset: boolean) {
  const own = (last ?? 0) + 1;
  if (expected === anyNumber) return own;
  const isKnown = last === undefined || expected === own || expected === own + 1;
  if (expected !== undefined && expected > 0 && isKnown && !isReset) return expected;
  throw mllpErrors.sequenceBroken({ last: last ?? 0, expected: expected ?? "none" });
}

/** Whoever takes the message in has its number: the commit answer says so, where there is one. */
function expectedBy({ application, commit }: Answers): number | undefined {
  return commit?.expectedSequence ?? application?.expectedSequence;
}

type Fate = "taken" | "free" | "unknown";

/**
 * What became of a number. A commit answer says it, and where none is wanted but for a refusal, so
 * does its absence. The application's no says nothing of it: a receiver may count a message first and
 * look into it then. Nor does the silence that a sender asked for, whatever happened.
 */
function fateOf(
  { application, commit }: Answers,
  { commitWanted, applicationWanted }: MessageHeader,
): Fate {
  if (commit !== undefined) return commit.code === "CA" ? "taken" : "free";
  const mode = acknowledgementMode({ accept: commitWanted, application: applicationWanted });
  if (mode.accept === "ER") return "taken";
  if (application === undefined) return mode.application === "NE" ? "unknown" : "taken";
  return positive.has(application.code) ? "taken" : "unknown";
}

/**
 * Whether a message that comes under the same control id is the same one. AR says to send it again,
 * also once it is counted; behind AE another one comes, for that was wrong.
 */
function mayComeAgain({ application }: Answers, fate: Fate): boolean {
  return application === undefined ? fate === "unknown" : application.code === "AR";
}

/** A receiver that knows one kind of answer alone may say either. */
const positive: ReadonlySet<string> = new Set(["", "AA", "CA"]);
