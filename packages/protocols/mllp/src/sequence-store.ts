/** Keeps the last number of each link that a sender knows to be taken. */
export interface SequenceStore {
  /** Undefined where a link has no number. */
  read(link: string): Promise<number | undefined>;
  /**
   * Resolves once it would survive a power cut.
   *
   * @throws {TrestleError} `mllp.tooManyLinks`, `mllp.sequenceNotKept`
   */
  write(link: string, number: number): Promise<void>;
}

/** Numbers that last as long as the process, for tests and for links that start anew each time. */
export function memorySequenceStore(): SequenceStore {
  const numbers = new Map<string, number>();
  return {
    read: (link) => Promise.resolve(numbers.get(link)),
    write(link, number) {
      numbers.set(link, number);
      return Promise.resolve();
    },
  };
}
