import { decodeMessage } from "@trestle/hl7v2";

/**
 * Received bytes as people read them: in the character set of the message, segments parted by line
 * feeds, other control characters as their pictures (U+2400 block). Bytes in no character set that
 * is known here are read as Latin-1, where each byte is a character.
 *
 * @see Unicode Standard, Control Pictures
 */
export function wireText(bytes: Uint8Array): string {
  // What was refused because it is too large is shown all the same.
  const decoded = decodeMessage(bytes, { maxBytes: bytes.byteLength });
  const text = decoded.ok ? decoded.value.text : Buffer.from(bytes).toString("latin1");
  return text
    .replaceAll(/\r\n?/gu, "\n")
    .replace(/\n+$/u, "")
    .replaceAll(/\p{Cc}/gu, pictureOf);
}

function pictureOf(control: string): string {
  const code = control.charCodeAt(0);
  if (control === "\n") return control;
  if (code < 0x20) return String.fromCharCode(0x24_00 + code);
  return code === 0x7f ? "␡" : "\u{FFFD}";
}
