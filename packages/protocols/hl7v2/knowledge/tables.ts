import type { SourceField, SourceVersion } from "hl7-dictionary";
import dictionary from "hl7-dictionary";
import { type SourceCodeSystem, codeSystems, supplement } from "./source.ts";

/** Each table with its kind, its name, and its codes. */
export function printTables(): string {
  const systems = new Map(codeSystems().map((system) => [numberOf(system), system]));
  const kinds = kindsByUse();
  const supplemented = supplementedTables();
  const known = new Set([...systems.keys(), ...Object.keys(dictionary.tables).map(padded)]);
  return [...known]
    .filter((number) => /^\d{4}$/u.test(number))
    .sort()
    .map((number) => {
      const own = supplemented.get(number);
      const kind = own?.kind ?? kinds.get(number) ?? "user";
      const source = dictionary.tables[String(Number(number))];
      const system = systems.get(number);
      const codes = new Map([
        ...Object.entries(source?.values ?? {}),
        ...(system?.concept ?? []).map(({ code, display = "" }) => [code, display] as const),
        ...(own?.codes ?? []),
      ]);
      const name = source?.desc ?? system?.title?.replace(/^v2 /u, "") ?? "";
      return `= ${number} ${kind} ${name.trim()}\n${printCodes(codes)}`;
    })
    .join("");
}

interface SupplementedTable {
  readonly kind: string;
  readonly codes: (readonly [code: string, name: string])[];
}

/** `= NUMBER KIND`, and below it codes that the packages leave out. */
function supplementedTables(): ReadonlyMap<string, SupplementedTable> {
  const found = new Map<string, SupplementedTable>();
  let last: SupplementedTable | undefined;
  for (const line of supplement("tables")) {
    if (line.startsWith("= ")) {
      last = { kind: line.slice(7), codes: [] };
      found.set(line.slice(2, 6), last);
    } else {
      const [code = "", name = ""] = line.split("|");
      last?.codes.push([code, name]);
    }
  }
  return found;
}

function printCodes(codes: ReadonlyMap<string, string>): string {
  return [...codes]
    .filter(([code]) => /^(?!\.)[\x21-\x7b\x7d-\x7e][\x20-\x7b\x7d-\x7e]*$/u.test(code))
    .sort(([first], [second]) => (first < second ? -1 : 1))
    .map(([code, display]) => `${code}${shortened(display)}\n`)
    .join("");
}

/** Longer texts are descriptions, and not names. */
function shortened(display: string): string {
  const text = display
    .replaceAll("–", "-")
    .replaceAll(/[“”]/gu, '"')
    .replaceAll(/[^\x20-\x7e]+/gu, " ")
    .replaceAll(/ +/gu, " ")
    .trim();
  return text === "" || text.length > 60 ? "" : `|${text}`;
}

/** `v2-0203` and, for a list that changed its meaning, `v2-2.7-0360`. */
function numberOf({ id }: SourceCodeSystem): string {
  return id.slice(-4);
}

/**
 * The data type says whose a table is: ID and CNE hold codes of HL7 tables, IS those of tables
 * that sites define. The newest version that says so counts; CE and CWE leave it open.
 *
 * @see HL7 v2.5.1, chapter 2.A.35 (ID), 2.A.36 (IS)
 */
function kindsByUse(): ReadonlyMap<string, string> {
  const kinds = new Map<string, string>();
  for (const version of ["2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7.1"]) {
    const source = dictionary.definitions[version];
    const uses = source === undefined ? [] : coded(source);
    for (const { table, datatype } of uses) {
      if (datatype === "ID" || datatype === "CNE") kinds.set(padded(table), "hl7");
    }
    for (const { table, datatype } of uses) {
      if (datatype === "IS") kinds.set(padded(table), "user");
    }
  }
  return kinds;
}

function coded(source: SourceVersion): readonly (SourceField & { readonly table: number })[] {
  const fields = Object.values(source.segments).flatMap(({ fields }) => fields);
  const parts = Object.values(source.fields).flatMap(({ subfields = [] }) => subfields);
  return [...fields, ...parts].flatMap((field) =>
    field.table === undefined ? [] : [{ ...field, table: field.table }],
  );
}

function padded(number: number | string): string {
  return String(number).padStart(4, "0");
}
