import type { FoundGroup, WhatIf } from "@trestle/what-if";
import { type Out, counted } from "./out.ts";

/** Differences of one kind at one path, for a person. */
export function groupText(group: FoundGroup): string {
  const { kind, path, table, harmless, messages, values, changes, otherValues, examples } = group;
  const place = [path, ...(table === undefined ? [] : [`(table ${table})`])].join(" ");
  const count = values === messages ? "" : `${values} in `;
  const head = `${kindWords[kind]}  ${place}  ${count}${counted(messages, "message")}`;
  const named = examples.map(({ id, type, controlId }) => [id, type, controlId].join(" ").trim());
  return [
    harmless === undefined ? head : `${head}  harmless: ${harmless.reason}`,
    ...changes.slice(0, mostShown).map(changeText),
    ...furtherText(changes.length - mostShown, otherValues),
    `    such as message ${named.join(", ")}`,
  ].join("\n");
}

function changeText({ before, after, origin = {}, values }: FoundGroup["changes"][number]): string {
  const { row, by, field } = origin;
  const change = [before ?? "nothing", after ?? "nothing"].join(" → ");
  const isSaid = before !== undefined || after !== undefined;
  const from = [field, row, by && `map row ${by}`].filter((part) => part !== undefined);
  const source = from.length === 0 ? "" : `from ${from.join(", ")}`;
  return `    ${values} × ${[isSaid ? change : "", source].filter(Boolean).join("  ") || "as such"}`;
}

function furtherText(further: number, otherValues: number): readonly string[] {
  if (further <= 0 && otherValues === 0) return [];
  return ["    and other values; --json names those that come most often"];
}

/** What the rules of the folder were good for. */
export function noteRules({ rules }: Pick<WhatIf, "rules">, out: Out): void {
  for (const { number, path, values, hasEnded } of rules) {
    const name = `what-if.yaml, rule ${number} (${path})`;
    if (hasEnded) out.note(`${name}: its last day is over, so it allows nothing. Remove it.`);
    else if (values === 0) out.note(`${name}: no difference was of this kind.`);
  }
}

/** What was compared and what came of it, in a few lines. */
export function summary({ one, other, range, counts, groups, isHarmless }: WhatIf): string {
  const { read, compared, same, setAside, differing, harmful, otherDifferences } = counts;
  const since = new Date(range.since).toISOString().replace(/\.\d+Z$/u, "Z");
  const notMapped = [
    ...(same > 0 ? [`${same} not mapped, for nothing that decides about them differs`] : []),
    ...(setAside > 0 ? [`${setAside} set aside, refused or broken whatever a revision says`] : []),
  ];
  return [
    `From ${one} to ${other}, ${counted(read, "message")} since ${since}: ${compared} mapped under both and compared${notMapped.map((part) => `; ${part}`).join("")}.`,
    ...(otherDifferences > 0
      ? [`${otherDifferences} differences of further kinds are not listed: raise whatIf.maxGroups.`]
      : []),
    differing === 0
      ? "No difference."
      : `${counted(differing, "message differs", "messages differ")} in ${counted(groups.length, "way")}; ${isHarmless ? "all of it is declared harmless" : `${harmful} in a way that no rule declares harmless`}.`,
  ].join("\n");
}

const kindWords: Readonly<Record<FoundGroup["kind"], string>> = {
  added: "added",
  removed: "removed",
  changed: "changed",
  failing: "newly failing",
  succeeding: "newly succeeding",
  newRoute: "new route",
  goneRoute: "route gone",
  newHold: "newly held",
  goneHold: "held no more",
  newWarning: "new warning",
  goneWarning: "warning gone",
  newFinding: "new finding",
  goneFinding: "finding gone",
  otherChannel: "another channel",
  otherPatient: "another patient",
};

const mostShown = 5;
