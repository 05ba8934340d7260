import { setImmediate } from "node:timers/promises";
import type { CodeInDoubt, CodeSuggestion } from "@trestle/api";
import { type RowsOfSource, suggest } from "@trestle/code-tables";
import type { Integration } from "@trestle/integration";
import { defaultTables } from "@trestle/mapping/configuration";

/** Says what a local code may mean, by the rows of the same table at every site and of the product. */
export function codeSuggester(
  current: () => Pick<Integration, "sites">,
): (code: CodeInDoubt) => Promise<readonly CodeSuggestion[]> {
  const sourcesFor = ({ site, table }: CodeInDoubt): readonly RowsOfSource[] => [
    ...[...current().sites.values()].map(({ id, title, tables }) => ({
      source: id === site ? "this site" : title,
      rows: tables.get(table) ?? [],
    })),
    { source: "the product", rows: defaultTables().get(table) ?? [] },
  ];
  return async (code) => {
    const found = await suggest(code, sourcesFor(code), {
      limit: code.limit,
      giveWay: () => setImmediate(),
    });
    return found.map(({ status, reasons, ...suggestion }) => ({
      ...suggestion,
      status: status === "not mapped on purpose" ? status : "mapped",
      reasons: [...reasons],
    }));
  };
}
