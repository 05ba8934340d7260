/** What a receiver makes of the number of a message. */
export type SequenceVerdict =
  /** The next one, or the first on a link that has none: take it, then keep its number. */
  | { readonly kind: "next"; readonly number: number }
  /** Taken before, and its acknowledgement was missed. */
  | { readonly kind: "repeat"; readonly expected: number }
  /** The sender starts the link: it carries nothing, and wants to hear what is expected. */
  | { readonly kind: "start"; readonly expected: number }
  /** The sender resets the link: whatever number comes next is the first. */
  | { readonly kind: "reset"; readonly expected: number }
  /** Messages are missing or were numbered twice. */
  | { readonly kind: "mismatch"; readonly expected: number };

/**
 * Compares MSH-13 with the last number that was taken.
 *
 * @param last Undefined on a link that has none.
 * @param sequence MSH-13 as it stands in the message.
 * @returns Undefined where the message has no number; `expected` is what MSA-4 says.
 * @see HL7 v2.5.1, chapter 2.10.1 (sequence number protocol)
 */
export function judgeSequence(
  last: number | undefined,
  sequence: string,
): SequenceVerdict | undefined {
  if (sequence === "") return undefined;
  const expected = last === undefined ? anyNumber : last + 1;
  if (sequence === "0") return { kind: "start", expected };
  if (sequence === "-1") return { kind: "reset", expected: anyNumber };
  if (!/^[1-9]\d{0,14}$/u.test(sequence)) return { kind: "mismatch", expected };
  const number = Number(sequence);
  if (last === undefined || number === last + 1) return { kind: "next", number };
  return { kind: number === last ? "repeat" : "mismatch", expected };
}

/** In MSA-4: whatever positive number comes next is the first. */
export const anyNumber = -1;
