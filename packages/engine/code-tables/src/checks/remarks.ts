import { codeSystemNames, codesOf } from "@trestle/fhir/code-systems";
import type { CodeRow } from "@trestle/mapping";
import { defaultTables } from "@trestle/mapping/configuration";
import { distance } from "fastest-levenshtein";
import type { RowFinding } from "./finding.ts";
import { publishedSystems } from "./published-systems.ts";
import { namesSystems } from "./wrong-code.ts";

/** A table among those of its site. */
export interface TableOfSite {
  readonly table: string;
  readonly rows: readonly CodeRow[];
  /** All that the site has; `code-systems` names the systems that are its own. */
  readonly siteTables: ReadonlyMap<string, readonly CodeRow[]>;
}

export interface Remark extends RowFinding {
  readonly row: CodeRow;
}

/**
 * What a person should look at in a table, though it works: systems that nobody is known to publish,
 * codes that R4's edition of a system does not have, several local codes of one meaning, rows that
 * only say what the product says. Nothing of tables that name systems. A row with a note has been looked at: of it nothing is remarked.
 */
export function remarksOn({ table, rows, siteTables }: TableOfSite): readonly Remark[] {
  if (namesSystems(table)) return [];
  const senders = sendersIn(rows);
  const ownSystems = new Set(siteTables.get("code-systems")?.map(({ system }) => system));
  const ofProduct = defaultTables().get(table) ?? [];
  const product = new Map(ofProduct.map((row) => [row.local.toLowerCase(), row]));
  return rows.flatMap((row) => {
    if (row.note !== "") return [];
    const found = [
      unknownIn(row, ownSystems),
      sharedMeaning(row, senders.get(meaningOf(row))),
      sameAsProduct(row, product.get(row.local.toLowerCase())),
    ];
    return found.flatMap((each) => (each === undefined ? [] : [{ ...each, row }]));
  });
}

/** By meaning the row whose local code is sent back: the first that is mapped, else proposed. */
function sendersIn(rows: readonly CodeRow[]): ReadonlyMap<string, CodeRow> {
  const senders = new Map<string, CodeRow>();
  for (const status of ["mapped", "proposed"]) {
    for (const row of rows) {
      const isFirst = row.status === status && !senders.has(meaningOf(row));
      if (isFirst) senders.set(meaningOf(row), row);
    }
  }
  return senders;
}

function meaningOf({ system, code }: CodeRow): string {
  return `${system}|${code}`;
}

function unknownIn(
  { system, code, status }: CodeRow,
  own: ReadonlySet<string>,
): RowFinding | undefined {
  if (status === "not mapped on purpose" && system === "") return undefined;
  const codes = codesOf(system);
  if (codes === undefined) {
    return publishedSystems.has(system) || own.has(system) ? undefined : unknownSystem(system);
  }
  const isKnown = codes.size === 0 || codes.has(code) || status === "not mapped on purpose";
  return isKnown ? undefined : unknownCode(code);
}

function unknownSystem(system: string): RowFinding {
  const names = [...publishedSystems.keys(), ...codeSystemNames()];
  const near = names.find((name) => distance(name, system) <= 3);
  return {
    column: "system",
    code: "tables.unknownSystem",
    text: `Nobody is known to publish the code system ${system}.`,
    hint:
      near === undefined
        ? "Where it is the site's own, name it in tables/code-systems.csv."
        : `Did you mean ${near}? Where it is the site's own, name it in tables/code-systems.csv.`,
  };
}

function unknownCode(code: string): RowFinding {
  return {
    column: "code",
    code: "tables.unknownCode",
    text: `R4's edition of this system has no code “${code}”.`,
    hint: "Look it up in a newer edition; where that has it, say so in the row's note.",
  };
}

/** Only what is sent back needs one local code for each meaning; of several one goes. */
function sharedMeaning(row: CodeRow, sender: CodeRow | undefined): RowFinding | undefined {
  if (row.status === "not mapped on purpose" || sender === undefined) return undefined;
  if (isSame(sender.local, row.local)) return undefined;
  return {
    column: "local",
    code: "tables.sharedMeaning",
    text: `“${row.local}” means the same as “${sender.local}”.`,
    hint: `Sent back to the site it becomes “${sender.local}”. Put the row that shall count first, and say in the other's note why it is there.`,
  };
}

function sameAsProduct(row: CodeRow, product: CodeRow | undefined): RowFinding | undefined {
  if (product === undefined) return undefined;
  const isNew = (["system", "code", "status", "display"] as const).some(
    (column) => row[column] !== product[column],
  );
  if (isNew || row.from !== undefined || row.until !== undefined) return undefined;
  return {
    column: "local",
    code: "tables.sameAsProduct",
    text: `The row of “${row.local}” says what the product's own row says.`,
    hint: "Remove it, so that only what is the site's own stands here.",
  };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
