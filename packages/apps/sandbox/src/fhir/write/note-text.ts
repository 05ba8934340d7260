/** Plain text as a page of HTML, a paragraph for each line. */
export function asHtml(text: string): string {
  const lines = linesOf(text).map((line) => `<div>${escapedHtml(line)}</div>`);
  return `<html><head></head><body>${lines.join("")}</body></html>`;
}

/**
 * Plain text as RTF.
 *
 * @see Rich Text Format Specification 1.9.1: characters beyond ASCII as `\uN?`, signed 16 bits
 */
export function asRtf(text: string): string {
  const lines = linesOf(text).map((line) => `${escapedRtf(line)}\\par`);
  return `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\n${lines.join("\n")}\n}`;
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/u);
}

function escapedHtml(text: string): string {
  return text.replaceAll(/[&<>]/gu, (found) => `&#${found.charCodeAt(0)};`);
}

function escapedRtf(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    const unit = text.charCodeAt(index);
    if (unit > 126) return `\\u${unit > 32_767 ? unit - 65_536 : unit}?`;
    const letter = text.charAt(index);
    return /[\\{}]/u.test(letter) ? `\\${letter}` : letter;
  }).join("");
}
