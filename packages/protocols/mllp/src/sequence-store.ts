/** The last number of a link. */
export interface LastNumber {
  readonly number: number;
  /** Where a receiver keeps the message that had it, so that a repeat can be known for one. */
  readonly position?: number | undefined;
}

/** Keeps the last number of each link: taken, at a receiver; known to be taken, at a sender. */
export interface SequenceStore {
  /** Undefined where a link has no number. */
  read(link: string): Promise<LastNumber | undefined>;
  /**
   * Resolves once it would survive a power cut; undefined forgets the link.
   *
   * @throws {TrestleError} `mllp.tooManyLinks`, `mllp.sequenceNotKept`
   */
  write(link: string, last: LastNumber | undefined): Promise<void>;
}

/** Numbers that last as long as the process, for tests and for links that start anew each time. */
export function memorySequenceStore(): SequenceStore {
  const numbers = new Map<string, LastNumber>();
  return {
    read: (link) => Promise.resolve(numbers.get(link)),
    write(link, last) {
      if (last === undefined) numbers.delete(link);
      else numbers.set(link, last);
      return Promise.resolve();
    },
  };
}
