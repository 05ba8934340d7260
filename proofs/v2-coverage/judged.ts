import { type Difference, differenceFor } from "@trestle/mapping";
import type { PublishedRow } from "./published-tables.ts";
import type { Evidence } from "./trial.ts";

/** What the mapping does with one published line. */
export interface Judged {
  readonly row: PublishedRow;
  readonly verdict: "covered" | "differs" | "missing";
  readonly evidence: Evidence;
  /** The declared difference, which may turn out not to be true. */
  readonly difference: Difference | undefined;
}

/** Looks for evidence that a line's field reaches an element, which begins with its type. */
export type Seek = (target: {
  readonly type: string;
  readonly element: string;
  readonly constant: string | undefined;
}) => Evidence;

/** A line is covered, or it differs as declared, where the field does reach what is named instead. */
export function judge(row: PublishedRow, differences: readonly Difference[], seek: Seek): Judged {
  const type = typeOfTable(row.table);
  const evidence = seek({ type, element: row.element, constant: row.constant });
  if (evidence !== undefined) return { row, verdict: "covered", evidence, difference: undefined };
  const difference = differenceFor(differences, { field: row.from, elements: namesOf(row) });
  const isTrue = difference !== undefined && doesInstead(row, difference, seek);
  return { row, verdict: isTrue ? "differs" : "missing", evidence, difference };
}

function doesInstead(row: PublishedRow, { element, instead }: Difference, seek: Seek): boolean {
  if (instead === "") return true;
  const isSame = instead.endsWith("*");
  const target = isSame ? instead.slice(0, -1) + restOf(row, element) : instead;
  const [type = "", ...path] = target.split(".");
  const constant = isSame ? row.constant : undefined;
  return seek({ type, element: path.join("."), constant }) !== undefined;
}

/** What the star of a declared element stands for. */
function restOf(row: PublishedRow, pattern: string): string {
  const start = pattern.slice(0, -1);
  return (
    namesOf(row)
      .find((name) => name.startsWith(start))
      ?.slice(start.length) ?? ""
  );
}

/** A line may be named by the resource, `Observation.code`, or by the whole table's bracket. */
export function namesOf({ table, element }: PublishedRow): readonly string[] {
  const bracket = /\[(?<bracket>[^\]]*)\]/u.exec(table)?.groups?.["bracket"] ?? "";
  return [`${typeOfTable(table)}.${element}`, `${bracket}.${element}`];
}

/** The type that a published table fills: `Patient` of `PID[Patient-GeneralPractitioner]`. */
export function typeOfTable(table: string): string {
  return /\[(?<type>[A-Za-z]+)/u.exec(table)?.groups?.["type"] ?? "";
}
