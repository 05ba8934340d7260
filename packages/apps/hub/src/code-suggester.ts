import { setImmediate } from "node:timers/promises";
import type { CodeInDoubt, CodeSuggestion } from "@trestle/api";
import { type RowsOfSource, type Terminologies, judgeTerm, suggest } from "@trestle/code-tables";
import type { Integration } from "@trestle/integration";
import { defaultTables } from "@trestle/mapping/configuration";

/**
 * Says what a local code may mean, by the rows of the same table at every site and of the product,
 * and by the names of terminologies that the team has loaded.
 */
export function codeSuggester(
  current: () => Pick<Integration, "sites">,
  terminologies: Pick<Terminologies, "find">,
): (code: CodeInDoubt) => Promise<readonly CodeSuggestion[]> {
  const rowsFor = ({ site, table }: CodeInDoubt): readonly RowsOfSource[] => [
    ...[...current().sites.values()].map(({ id, title, tables }) => ({
      source: id === site ? "this site" : title,
      rows: tables.get(table) ?? [],
    })),
    { source: "the product", rows: defaultTables().get(table) ?? [] },
  ];
  return async (code) => {
    const rows = rowsFor(code);
    const found = await suggest(code, [...rows, ...namesFor(code, rows, terminologies)], {
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

/** Where FHIR fixes the codes of a table, no other terminology has one for it. */
function namesFor(
  code: CodeInDoubt,
  sources: readonly RowsOfSource[],
  terminologies: Pick<Terminologies, "find">,
): readonly RowsOfSource[] {
  const systems = new Set(sources.flatMap(({ rows }) => rows.map(({ system }) => system)));
  const isFixed = [...systems].some((system) => system.startsWith("http://hl7.org/fhir/"));
  const found = terminologies.find(code, (system) => systems.has(system) || !isFixed);
  return found.map(({ terminology, terms }) => {
    const source = `${terminology.title} ${terminology.version}`.trim();
    const { system } = terminology;
    const rows = terms.map(({ code: meant, name }) => {
      const row = { local: "", display: name, system, code: meant, note: "" };
      return { ...row, status: "mapped" as const };
    });
    const termOf = new Map<object, (typeof terms)[number] | undefined>(
      rows.map((row, index) => [row, terms[index]]),
    );
    return {
      source,
      rows,
      judge(row) {
        const term = termOf.get(row);
        return term && judgeTerm(code, term, source);
      },
    };
  });
}
