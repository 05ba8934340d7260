/** What a block without content says: the content in front of it is stored, or it is not. */
export type CommitBlock = "stored" | "notStored";

/**
 * Tells a commit acknowledgement block from content. No message is one byte long.
 *
 * @see HL7 Transport Specification: MLLP, Release 2, section 3.2
 */
export function commitBlockOf(payload: Uint8Array): CommitBlock | undefined {
  if (payload.length !== 1) return undefined;
  if (payload[0] === ACK) return "stored";
  return payload[0] === NAK ? "notStored" : undefined;
}

/** What goes between start and end of such a block. */
export function commitBlock(block: CommitBlock): Uint8Array {
  return Uint8Array.of(block === "stored" ? ACK : NAK);
}

const ACK = 0x06;
const NAK = 0x15;
