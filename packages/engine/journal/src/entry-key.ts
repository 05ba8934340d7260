import { createHash } from "node:crypto";
import { reveal } from "@trestle/base";
import type { NewEntry } from "./journal.ts";

/**
 * What makes two entries equal: site, channel, disposition, control id, and the content by the
 * first 16 bytes of its SHA-256. Senders repeat a message whose ACK they missed; the repeat must
 * not become a second entry.
 */
export interface EntryKey {
  readonly site: string;
  readonly channel: string;
  readonly disposition: string;
  readonly controlId: string;
  readonly digest: Uint8Array;
}

export function keyOf(entry: NewEntry): EntryKey {
  const digest = createHash("sha256").update(reveal(entry.raw)).digest().subarray(0, 16);
  const { site, channel, disposition, controlId } = entry;
  return { site, channel, disposition, controlId, digest };
}
