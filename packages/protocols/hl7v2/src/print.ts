import type { Hl7Message } from "./message.ts";

/**
 * The text of a message: what was not edited is as it was received, character for character, with
 * the ends of its segments and a byte order mark where there was one.
 */
export function printMessage({ document }: Hl7Message): string {
  return document.text();
}
