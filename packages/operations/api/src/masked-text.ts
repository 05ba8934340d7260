/**
 * The text with a dot for each letter, mark and digit, as long as before. Separators, spaces and
 * punctuation stay, so that the structure can be seen.
 */
export function maskedText(text: string): string {
  return text.replaceAll(/[\p{L}\p{M}\p{N}]/gu, "•");
}

/** An identifier as `system|value` with its value masked. */
export function maskedKey(key: string): string {
  const end = key.lastIndexOf("|");
  return `${key.slice(0, end + 1)}${maskedText(key.slice(end + 1))}`;
}
