import { SectionFile } from "./sections.ts";

/** A code table of the standard. */
export interface CodeTable {
  /** In four digits: `0001`. */
  readonly number: string;
  /** `Administrative Sex`. */
  readonly name: string;
  /**
   * `hl7`: its codes are the standard's. `user`: they are suggestions, and each site has its own.
   * `open`: no list could be complete, as of coding systems or of the names of applications.
   */
  readonly kind: "hl7" | "user" | "open";
  /** What each code is called; empty where the standard has a description and no name. */
  readonly codes: ReadonlyMap<string, string>;
}

/**
 * The table of that number, from 1 or as `0001`. It has the codes of every version, as what one
 * version brought is in use at senders of others too.
 *
 * @returns Undefined where there is no such table.
 */
export function codeTable(number: number | string): CodeTable | undefined {
  const name = String(number).padStart(4, "0");
  const known = tables.get(name);
  if (known !== undefined) return known;
  const section = file.section(name);
  if (section === undefined) return undefined;
  const [kind = "", ...title] = section.heading.split(" ");
  const codes = new Map(
    section.lines.map((line) => {
      const end = line.indexOf("|");
      return end === -1 ? [line, ""] : [line.slice(0, end), line.slice(end + 1)];
    }),
  );
  const table = { number: name, name: title.join(" "), kind: kindOf(kind), codes };
  tables.set(name, table);
  return table;
}

function kindOf(text: string): CodeTable["kind"] {
  return text === "hl7" || text === "open" ? text : "user";
}

const file = new SectionFile("tables");
const tables = new Map<string, CodeTable>();
