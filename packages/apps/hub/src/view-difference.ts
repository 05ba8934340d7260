import type { PromotionDifference } from "@trestle/api";
import type { SiteDifference } from "@trestle/integration";

/** A difference between two states of a site, as people read it. */
export function viewDifference(difference: SiteDifference): PromotionDifference {
  if (difference.kind === "row") {
    const { table, local: name, change, a, b } = difference;
    return { group: `tables/${table}`, name, change, ...sides(a && rowText(a), b && rowText(b)) };
  }
  const { path: name, a, b } = difference;
  const group = /^(?<file>overlay|profile)[.[]/u.exec(name)?.groups?.["file"] ?? "settings";
  const change = changeOf(a, b);
  return { group, name, change, ...sides(a && valueText(a.value), b && valueText(b.value)) };
}

function changeOf(before: unknown, after: unknown): PromotionDifference["change"] {
  if (before === undefined) return "added";
  return after === undefined ? "removed" : "changed";
}

function sides(before: string | undefined, after: string | undefined) {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

type Row = NonNullable<Extract<SiteDifference, { readonly kind: "row" }>["a"]>;

/** All of a row but its local code, for any cell may be what differs. */
function rowText({ display, system, code, status, note, from, until }: Row): string {
  const meaning = code === "" ? status : `${system} ${code}`;
  const mark = status === "proposed" ? "proposed" : "";
  const days = [from && `from ${from}`, until && `until ${until}`];
  return [meaning, display, mark, ...days, note].filter(Boolean).join("; ");
}

/** Words as they are, all else as JSON. */
function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
