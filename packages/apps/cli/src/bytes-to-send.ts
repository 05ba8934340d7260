import { encodeMessage } from "@trestle/hl7v2";
import { withHeaderFields } from "@trestle/mllp/header-fields";
import type { FileMessage } from "./io/message-file.ts";

/** Which answers a sender asks for: HL7 table 0155. */
export interface AcknowledgementTypes {
  /** MSH-15. */
  readonly accept?: string | undefined;
  /** MSH-16. */
  readonly application?: string | undefined;
}

/**
 * The bytes of a message as they are in its file, except that each segment ends in CR, which the
 * standard asks for, and that MSH-15 and MSH-16 are written where they are given. What cannot be
 * read is sent too: what a receiver makes of it is for the receiver to say.
 */
export function bytesToSend(
  { message, source }: FileMessage,
  { accept, application }: AcknowledgementTypes,
): Uint8Array {
  const asked = new Map<number, string>();
  if (accept !== undefined) asked.set(15, accept);
  if (application !== undefined) asked.set(16, application);
  const encoded = message.ok ? encodeMessage(message.value, { endsInReturn: true }) : message;
  const bytes = encoded.ok ? encoded.value : endedByReturn(source);
  return asked.size === 0 ? bytes : withHeaderFields(bytes, asked);
}

function endedByReturn(source: string | Uint8Array): Uint8Array {
  const bytes = typeof source === "string" ? Buffer.from(source) : source;
  // One character a byte, so that nothing else changes.
  const text = Buffer.from(bytes).toString("latin1");
  return Buffer.from(text.replaceAll(/\r?\n/gu, "\r"), "latin1");
}
