/**
 * The versions of the standard that are known, oldest first. 2.8.2 and 2.9 are 2.8 with what the
 * supplement beside the script names of them.
 */
export const versions = [
  "2.1",
  "2.2",
  "2.3",
  "2.3.1",
  "2.4",
  "2.5",
  "2.5.1",
  "2.6",
  "2.7",
  "2.7.1",
  "2.8",
  "2.8.2",
  "2.9",
] as const;

export type Version = (typeof versions)[number];

/**
 * The known version that reads a message of that MSH-12: itself, or for one that is newer or lies
 * between, the last known one before it, as 2.8 for 2.8.1 and 2.3.1 for 2.3.2.
 *
 * @returns 2.5.1 with `isKnown` false where the text is no version.
 */
export function versionFor(text: string): { readonly version: Version; readonly isKnown: boolean } {
  const known = versions.find((version) => version === text);
  if (known !== undefined) return { version: known, isKnown: true };
  if (!/^2\.\d{1,2}(?:\.\d{1,2})?$/u.test(text)) return { version: fallback, isKnown: false };
  const earlier = versions.findLast((version) => isBefore(version, text));
  return { version: earlier ?? "2.1", isKnown: earlier !== undefined };
}

/** True where the first version is older than the second. */
export function isBefore(first: string, second: string): boolean {
  return order(first) < order(second);
}

function order(version: string): number {
  const [, minor = 0, patch = 0] = version.split(".").map(Number);
  return minor * 100 + patch;
}

const fallback: Version = "2.5.1";
