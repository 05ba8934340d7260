import type {
  PromotionGroupView,
  PromotionReply,
  PromotionView,
  RefusedChangeView,
  WaitingPromotionView,
} from "@trestle/api/contract";
import { counted, toTheSecond } from "./out.ts";

/** What waits at a site: in counts, then each difference. */
export function waitingText({ site, isRequired, approved, waiting }: PromotionReply): string {
  if (!isRequired) return `${site}: production follows the folder; nobody is asked to approve.`;
  if (waiting === undefined)
    return `${site}: nothing waits. Production is as approved at ${approved ?? "no revision"}.`;
  const more = waiting.count - waiting.differences.length;
  return [
    waitingLine(waiting),
    ...waiting.differences.flatMap(({ group, name, before, after }) => [
      `  ${group} ${name}`,
      ...(before === undefined ? [] : [`    - ${before}`]),
      ...(after === undefined ? [] : [`    + ${after}`]),
    ]),
    ...(more > 0 ? [`  and ${more} more`] : []),
    `To approve it: trestle promote ${site} --revision ${waiting.to} --reason "…"`,
  ].join("\n");
}

/** What waits at a site, in a line. */
export function waitingLine({ site, from, to, count, groups }: WaitingPromotionView): string {
  const since = from === "" ? "nothing is approved" : `${from} is approved`;
  const what = `${counted(count, "difference")} to ${to}`;
  return `${site}: production waits for approval; ${since}. ${what}: ${groupsText(groups)}.`;
}

/** Who approved what. */
export function promotionText({ site, from, to, at, by = "", reason, groups }: PromotionView) {
  const why = reason === undefined ? "" : `: ${reason}`;
  const start = from === "" ? "" : `${from} → `;
  return `${toTheSecond(at)}  ${site}  ${start}${to} approved by ${by}${why} (${groupsText(groups)})`;
}

/** Why it was not taken. */
export function problemsText(problems: RefusedChangeView["problems"]): string {
  return problems.map(({ file, text, hint }) => `${file}  ${text}\n  ${hint}`).join("\n");
}

function groupsText(groups: readonly PromotionGroupView[]): string {
  return groups
    .map(({ group, added, removed, changed }) => {
      const parts = [added > 0 && `${added} added`, removed > 0 && `${removed} removed`];
      return `${group} ${[...parts, changed > 0 && `${changed} changed`].filter(Boolean).join(", ")}`;
    })
    .join("; ");
}
