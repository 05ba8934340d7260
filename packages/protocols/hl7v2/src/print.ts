import type { Hl7Message } from "./message.ts";

/**
 * The text of a message. Each segment is as it was received and ends in CR, so that a message whose
 * segments did comes back character for character.
 */
export function printMessage({ segments }: Hl7Message): string {
  return segments.map(({ raw }) => `${raw}\r`).join("");
}
