/** Keeps the last number of each link: taken, at a receiver; known to be taken, at a sender. */
export interface SequenceStore {
  /** Undefined where a link has no number. */
  read(link: string): Promise<number | undefined>;
  /**
   * Resolves once it would survive a power cut; undefined forgets the link.
   *
   * @throws {TrestleError} `mllp.tooManyLinks`, `mllp.sequenceNotKept`
   */
  write(link: string, last: number | undefined): Promise<void>;
}

/** Numbers that last as long as the process, for tests and for links that start anew each time. */
export function memorySequenceStore(): SequenceStore {
  const numbers = new Map<string, number>();
  return {
    read: (link) => Promise.resolve(numbers.get(link)),
    write(link, last) {
      if (last === undefined) numbers.delete(link);
      else numbers.set(link, last);
      return Promise.resolve();
    },
  };
}
