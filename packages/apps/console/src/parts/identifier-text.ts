/** `system|value` as its value, the way people call a number. */
export function identifierText(key: string): string {
  return key.slice(key.lastIndexOf("|") + 1);
}
