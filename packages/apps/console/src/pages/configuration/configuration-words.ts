import type { ConfigurationChangeView, PromotionGroupView } from "@trestle/api/contract";
import { counted } from "../../parts/number-text.ts";

export type ChangedFile = ConfigurationChangeView["files"][number];

/** Who or what made the hub take a change. */
export function causeText({ cause, by, author }: ConfigurationChangeView): string {
  const asked = cause === "request" && by !== undefined ? by : causes[cause];
  return author === undefined ? asked : `${asked}; committed by ${author}`;
}

/** `changed (2 settings)`. */
export function changeWords({ change, count, of }: ChangedFile): string {
  return `${change} (${counted(count, singular[of])})`;
}

/** `3 more rows`; undefined where each is told. */
export function moreWords({ differences, count, of }: ChangedFile): string | undefined {
  const more = count - differences.length;
  return more > 0 ? `and ${counted(more, `more ${singular[of]}`)}` : undefined;
}

/** `tables/observation-code: 2 changed, 1 added`. */
export function groupsText(groups: readonly PromotionGroupView[]): string {
  return groups
    .map(({ group, added, removed, changed }) => {
      const counts = [
        changed > 0 ? `${changed} changed` : "",
        added > 0 ? `${added} added` : "",
        removed > 0 ? `${removed} removed` : "",
      ];
      return `${group}: ${counts.filter((one) => one !== "").join(", ")}`;
    })
    .join("; ");
}

const singular = { settings: "setting", rows: "row", lines: "line" } as const;
const causes: Readonly<Record<ConfigurationChangeView["cause"], string>> = {
  start: "start of the hub",
  signal: "a signal",
  request: "a request",
  watch: "change of the folder",
};
