import { hash } from "node:crypto";
import { reveal } from "@trestle/base";
import type { NewEntry } from "./journal.ts";

/**
 * What makes two entries equal, as one text: site, channel, disposition, control id, and the
 * content by the first 16 bytes of its SHA-256. Senders repeat a message whose ACK they missed; the
 * repeat must not become a second entry.
 *
 * The digest stands last, so that keys of one sender, whose control ids grow, are neighbours in an
 * index.
 */
export function keyOf(entry: NewEntry): string {
  const digest = hash("sha256", reveal(entry.raw), "base64").slice(0, 22);
  const { site, channel, disposition, controlId } = entry;
  return `${site} ${channel} ${disposition} ${controlId} ${digest}`;
}
