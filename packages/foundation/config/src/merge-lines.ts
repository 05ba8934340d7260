import { diff3Merge } from "node-diff3";

/** A text as a person wrote it, as a program prints it, and as it prints it with a change. */
interface Versions {
  readonly mine: string;
  readonly base: string;
  readonly theirs: string;
}

/**
 * Lays what is other in `theirs` than in `base` over `mine`, line by line. Where both changed the same
 * lines, `theirs` wins. Blanks inside of brackets and in front of comments are no change.
 */
export function mergeLines({ mine, base, theirs }: Versions): string {
  const lines = mine.split("\n");
  const asWritten = new Map(lines.map((line) => [alike(line), line]));
  const spelled = (text: string) =>
    text.split("\n").map((line) => asWritten.get(alike(line)) ?? line);
  const regions: unknown = diff3Merge(lines, spelled(base), spelled(theirs), {});
  return (regions as readonly Region[])
    .flatMap(({ ok, conflict }) => ok ?? conflict?.b ?? [])
    .join("\n");
}

function alike(line: string): string {
  return line
    .replaceAll(/(?<=[[{]) +| +(?=[\]}])/gu, "")
    .replaceAll(/ +#/gu, " #")
    .trimEnd();
}

/** As the library gives it: one of both. */
interface Region {
  readonly ok?: readonly string[];
  readonly conflict?: { readonly b: readonly string[] };
}
