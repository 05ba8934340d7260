import { type Difference, declaredDifferences, differenceFor } from "@trestle/mapping";
import { extensionUrls } from "./element.ts";
import { reaches, typeOfTable } from "./probe.ts";
import { type PublishedRow, segmentTables } from "./published-tables.ts";

/** What the mapping does with one published line. */
export interface Judged {
  readonly row: PublishedRow;
  readonly verdict: "covered" | "differs" | "missing";
  /** The declared difference, which may turn out not to be true. */
  readonly difference: Difference | undefined;
}

/** Every line of the published segment tables, and what becomes of it. */
export function judgeSegments(): readonly Judged[] {
  const differences = declaredDifferences();
  return [...segmentTables().values()].flatMap((rows) => {
    const urls = extensionUrls(rows);
    return rows.map((row) => judge(row, { urls, differences }));
  });
}

function judge(
  row: PublishedRow,
  { urls, differences }: { urls: ReadonlyMap<string, string>; differences: readonly Difference[] },
): Judged {
  const type = typeOfTable(row.table);
  const isCovered = reaches(row, { type, element: row.element, urls });
  if (isCovered) return { row, verdict: "covered", difference: undefined };
  const difference = differenceFor(differences, { field: row.from, elements: namesOf(row) });
  const isTrue = difference !== undefined && doesInstead(row, difference);
  return { row, verdict: isTrue ? "differs" : "missing", difference };
}

/** A line may be named by the resource, `Observation.code`, or by the whole table's bracket. */
export function namesOf({ table, element }: PublishedRow): readonly string[] {
  const bracket = /\[(?<bracket>[^\]]*)\]/u.exec(table)?.groups?.["bracket"] ?? "";
  return [`${typeOfTable(table)}.${element}`, `${bracket}.${element}`];
}

/** A difference that names another element is only believed where the field reaches that one. */
function doesInstead(row: PublishedRow, { instead }: Difference): boolean {
  if (instead === "") return true;
  const [type = "", ...rest] = instead.split(".");
  return reaches(
    { ...row, constant: undefined },
    { type, element: rest.join("."), urls: new Map() },
  );
}
