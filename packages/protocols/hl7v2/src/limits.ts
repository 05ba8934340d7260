/** How large a message may be. Whatever is larger is a problem, found before memory is spent. */
export interface MessageLimits {
  /** Bytes of one message, before they are decoded. */
  readonly maxBytes: number;
  /** Characters (UTF-16 code units) of one message. */
  readonly maxCharacters: number;
  readonly maxSegments: number;
  /** Fields of one segment. */
  readonly maxFields: number;
  /** Fields, repetitions, components and subcomponents of one segment, all together. */
  readonly maxParts: number;
}

/**
 * How a limit is raised, for the hint of a problem. Who uses this package alone passes it to the
 * parser instead.
 */
export function raising(limit: keyof MessageLimits): string {
  return `Raise ${limit} (under messages in trestle.yaml)`;
}

/** Far above what any sender writes, and still what a machine can hold. */
export const defaultLimits: MessageLimits = {
  maxBytes: 268_435_456,
  maxCharacters: 268_435_456,
  maxSegments: 1_000_000,
  maxFields: 10_000,
  maxParts: 1_000_000,
};
