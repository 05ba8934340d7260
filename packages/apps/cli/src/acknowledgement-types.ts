import { withHeaderFields } from "@trestle/mllp";

/** Which answers a sender asks for: HL7 table 0155. */
export interface AcknowledgementTypes {
  /** MSH-15. */
  readonly accept?: string | undefined;
  /** MSH-16. */
  readonly application?: string | undefined;
}

/** Writes MSH-15 and MSH-16 where they are given; all other bytes stay as they are. */
export function withAcknowledgementTypes(
  bytes: Uint8Array,
  { accept, application }: AcknowledgementTypes,
): Uint8Array {
  const written = new Map<number, string>();
  if (accept !== undefined) written.set(15, accept);
  if (application !== undefined) written.set(16, application);
  return written.size === 0 ? bytes : withHeaderFields(bytes, written);
}
