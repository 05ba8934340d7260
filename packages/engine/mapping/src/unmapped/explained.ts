import { reveal } from "@trestle/base";
import type { CodeTables } from "../tables/code-tables.ts";
import type { Explained } from "../mapping.ts";
import { printBundle } from "../print-bundle.ts";

/** A component is seen where it, or a piece of it, is the source of more than an id. */
export function sourcesIn({ sources }: Explained): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { path, field } of sources) {
    if (field === undefined || /(?:\.id|\.fullUrl|\.reference)$/u.test(path)) continue;
    found.add(field);
    found.add(field.replace(/(?<component>-\d+(?:\[\d+\])?\.\d+)\.\d+$/u, "$<component>"));
  }
  return found;
}

/** A row of several parts, `identifiers: TH^MR`, was found by each of them. */
export function lookedUpIn({ sources }: Explained): ReadonlySet<string> {
  const found = sources.flatMap(({ field, row }) => {
    if (field === undefined || row === undefined) return [];
    return row
      .slice(row.indexOf(": ") + 2)
      .split("^")
      .map((part) => keyOf(field, part));
  });
  return new Set(found);
}

/** The code that each row of a code table gave, behind the place and what the row was found by. */
export function codesIn({ sources }: Explained, tables: CodeTables): ReadonlySet<string> {
  const given = sources.flatMap(({ field, row }) => {
    const [, table = "", local = ""] = /^(.*?): (.*)$/su.exec(row ?? "") ?? [];
    const code = tables.find(table, local)?.code;
    return field === undefined || code === undefined ? [] : [`${keyOf(field, local)} ${code}`];
  });
  return new Set(given);
}

/** Code tables do not tell capitals apart. */
export function keyOf(at: string, code: string): string {
  return `${at} ${code.toLowerCase()}`;
}

/**
 * A result as text, resource by resource, its ids numbered as they come, since they are made of what
 * was sent. Nothing is printed that nobody asks for.
 */
export function* withoutIds({ bundle }: Pick<Explained, "bundle">): Iterable<string> {
  const numbers = new Map<string, number>();
  const { entry = [], ...head } = reveal(bundle);
  yield JSON.stringify(head);
  for (const one of entry) {
    yield printBundle({ ...head, entry: [one] }).replaceAll(anyId, (id) => {
      const number = numbers.get(id) ?? numbers.size;
      numbers.set(id, number);
      return String(number);
    });
  }
}

/** Whether two results say the same but for their ids; looks no further than to the first difference. */
export function isSameResult(one: Iterable<string>, other: readonly string[]): boolean {
  let index = 0;
  for (const text of one) {
    if (text !== other[index]) return false;
    index += 1;
  }
  return index === other.length;
}

const anyId = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gu;
