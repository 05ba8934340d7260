import type { PromotionDifference } from "@trestle/api";
import { type SiteDifference, rowText, valueText } from "@trestle/integration";

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
