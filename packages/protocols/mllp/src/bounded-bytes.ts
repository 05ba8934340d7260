/** How much of a run of bytes is kept. */
export interface BoundedBytesLimits {
  /** A run of at most this many bytes is kept whole. */
  readonly maxBytes: number;
  /** Of a longer run only this many of its first bytes are kept. */
  readonly headBytes: number;
}

/**
 * Collects a run of bytes that arrives in pieces, in bounded memory.
 *
 * One growing buffer, not a list of the pieces: a sender that sends byte by byte would make the list
 * many times larger than the bytes. Growth doubles, so a byte is copied twice at most on average, and
 * once when the run arrives in one piece.
 */
export class BoundedBytes {
  readonly #limits: BoundedBytesLimits;
  #held = nothing;
  #heldSize = 0;
  #receivedBytes = 0;

  constructor(limits: BoundedBytesLimits) {
    this.#limits = limits;
  }

  /** Bytes of the run so far, kept or not. */
  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** Bytes of memory in use. */
  get heldBytes(): number {
    return this.#held.length;
  }

  /** True when only the head of the run is kept. */
  get isTooLong(): boolean {
    return this.#receivedBytes > this.#limits.maxBytes;
  }

  append(part: Buffer): void {
    this.#receivedBytes += part.length;
    if (this.isTooLong) this.#cutToHead();
    const limit = this.isTooLong ? this.#limits.headBytes : this.#limits.maxBytes;
    const size = Math.min(part.length, limit - this.#heldSize);
    if (size <= 0) return;
    this.#reserve(this.#heldSize + size, limit);
    part.copy(this.#held, this.#heldSize, 0, size);
    this.#heldSize += size;
  }

  /** What was kept, handed over without a copy; the next run starts. */
  take(): Buffer {
    const taken = this.#held.subarray(0, this.#heldSize);
    this.#held = nothing;
    this.#heldSize = 0;
    this.#receivedBytes = 0;
    return taken;
  }

  #cutToHead(): void {
    if (this.#heldSize <= this.#limits.headBytes) return;
    this.#held = Buffer.from(this.#held.subarray(0, this.#limits.headBytes));
    this.#heldSize = this.#held.length;
  }

  #reserve(needed: number, limit: number): void {
    if (needed <= this.#held.length) return;
    const grown = Buffer.allocUnsafe(Math.min(limit, Math.max(needed, 2 * this.#held.length)));
    this.#held.copy(grown, 0, 0, this.#heldSize);
    this.#held = grown;
  }
}

const nothing: Buffer = Buffer.alloc(0);
