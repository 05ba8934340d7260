import type { HarmlessRule } from "@trestle/integration";
import { type Difference, tableOf } from "./difference.ts";

/** Finds the rule that calls a difference harmless, by its number; undefined where none does. */
export type FindRule = (difference: Difference, site: string) => number | undefined;

/**
 * The first rule that matches and still counts. Asked for each difference, so answers are remembered.
 *
 * @param today Such as `2026-03-01`; the last day of a rule is one on which it counts.
 */
export function ruleFinder(rules: readonly HarmlessRule[], today: string): FindRule {
  if (rules.length === 0) return () => undefined;
  const remembered = new Map<string, number | undefined>();
  return (difference, site) => {
    const table = tableOf(difference.origin);
    const key = JSON.stringify([difference.kind, difference.path, table, site]);
    if (remembered.has(key)) return remembered.get(key);
    const found = rules.findIndex(
      (rule) => !hasEnded(rule, today) && matches(rule, difference, { table, site }),
    );
    const answer = found === -1 ? undefined : found;
    if (remembered.size < mostRemembered) remembered.set(key, answer);
    return answer;
  };
}

/** Whether the last day of a rule is over. */
export function hasEnded({ until }: HarmlessRule, today: string): boolean {
  return until !== undefined && until < today;
}

function matches(
  rule: HarmlessRule,
  { kind, path }: Difference,
  { table, site }: { table: string | undefined; site: string },
): boolean {
  const isKind = rule.kind === undefined ? ofElements.has(kind) : rule.kind === kind;
  const isTable = rule.table === undefined || rule.table === table;
  const isSite = rule.site === undefined || rule.site === site;
  return isKind && isTable && isSite && isAt(rule.path, path);
}

/** `*` stands for one step, `**` for any number of them, none too. */
function isAt(pattern: string, path: string): boolean {
  const [wanted, steps] = [pattern.split("."), path.split(".")];
  const hasRest = wanted.at(-1) === "**";
  const fixed = hasRest ? wanted.slice(0, -1) : wanted;
  if (hasRest ? steps.length < fixed.length : steps.length !== fixed.length) return false;
  return fixed.every((step, index) => step === "*" || step === steps[index]);
}

const ofElements: ReadonlySet<string> = new Set(["added", "removed", "changed"]);
const mostRemembered = 10_000;
