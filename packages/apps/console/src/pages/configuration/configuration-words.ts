import type { ConfigurationChangeView, PromotionGroupView } from "@trestle/api/contract";
import { counted } from "../../parts/number-text.ts";

/** Who or what made the hub take a change. */
export function causeText({ cause, by, author }: ConfigurationChangeView): string {
  const asked = cause === "request" && by !== undefined ? by : causes[cause];
  return author === undefined ? asked : `${asked}; committed by ${author}`;
}

/** `sites/lakeshore/site.yaml changed (2 settings)`. */
export function filesText(files: ConfigurationChangeView["files"]): string {
  if (files.length === 0) return "–";
  const shown = files.slice(0, mostFiles).map(({ file, change, count, of }) => {
    return `${file} ${change} (${counted(count, singular[of])})`;
  });
  const more = files.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${counted(more, "more file")}`] : [])].join(", ");
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

const mostFiles = 5;
const singular = { settings: "setting", rows: "row", lines: "line" } as const;
const causes: Readonly<Record<ConfigurationChangeView["cause"], string>> = {
  start: "start of the hub",
  signal: "a signal",
  request: "a request",
  watch: "change of the folder",
};
