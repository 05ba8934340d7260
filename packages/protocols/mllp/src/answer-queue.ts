/** One thing received whose sender waits for an answer. */
export interface Unanswered<T> {
  readonly received: T;
  /** What it adds to the buffers until it is answered. */
  readonly costBytes: number;
  state: "waiting" | "handling" | "answered" | "failed";
  answer: Uint8Array | undefined;
  /** What waits for this answer to have left. */
  onAnswered?: () => void;
}

/** What one connection received: handled side by side, answered one behind the other. */
export class AnswerQueue<T> {
  readonly #maxHandling: number;
  #items: Unanswered<T>[] = [];
  #startedCount = 0;
  #bytes = 0;
  #isAbandoned = false;

  /** @param maxHandling How many may be handled at the same time. */
  constructor(maxHandling: number) {
    this.#maxHandling = maxHandling;
  }

  /** How many are not answered yet. */
  get length(): number {
    return this.#items.length;
  }

  /** What those cost. */
  get bytes(): number {
    return this.#bytes;
  }

  get isFull(): boolean {
    return this.#items.length >= this.#maxHandling;
  }

  /** True when the next answer will never come. */
  get isBroken(): boolean {
    return this.#items[0]?.state === "failed";
  }

  add(received: T, costBytes: number): void {
    if (this.#isAbandoned) return;
    this.#items.push({ received, costBytes, state: "waiting", answer: undefined });
    this.#bytes += costBytes;
  }

  /** The next to be handled; undefined when there is none, or when enough are. */
  start(): Unanswered<T> | undefined {
    const item = this.#items[this.#startedCount];
    if (item === undefined || this.#startedCount >= this.#maxHandling) return undefined;
    this.#startedCount += 1;
    item.state = "handling";
    return item;
  }

  settle(item: Unanswered<T>, answer: Uint8Array | undefined): void {
    item.state = "answered";
    item.answer = this.#isAbandoned ? undefined : answer;
  }

  fail(item: Unanswered<T>): void {
    item.state = this.#isAbandoned ? "answered" : "failed";
  }

  /** Takes out the answers whose turn has come. */
  takeAnswers(): readonly Uint8Array[] {
    const open = this.#items.findIndex(({ state }) => state !== "answered");
    const done = this.#items.splice(0, open === -1 ? this.#items.length : open);
    this.#startedCount -= done.length;
    for (const { costBytes, onAnswered } of done) {
      this.#bytes -= costBytes;
      onAnswered?.();
    }
    return done.flatMap(({ answer }) => (answer === undefined ? [] : [answer]));
  }

  /** Nothing more is started or answered. What is being handled still counts until it settles. */
  abandon(): void {
    this.#isAbandoned = true;
    for (const { state, onAnswered } of this.#items) if (state !== "handling") onAnswered?.();
    this.#items = this.#items.filter(({ state }) => state === "handling");
    this.#startedCount = this.#items.length;
    this.#bytes = this.#items.reduce((sum, { costBytes }) => sum + costBytes, 0);
  }
}
