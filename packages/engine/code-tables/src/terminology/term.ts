/** A name of a code in a terminology that the team has loaded. */
export interface Term {
  readonly code: string;
  /** What people read. */
  readonly name: string;
  /** Other words by which it is known, such as short names. */
  readonly also: string;
}

/** What a terminology's file is, as far as its columns say. */
export interface TermFile {
  /** Of the terminology that such a file is always of. */
  readonly system?: string;
  /** Undefined for a line that names nothing that may be used any more. */
  readonly termOf: (line: Line) => Term | undefined;
  /** By which the version is known: the newest of what the lines say. */
  readonly versionOf: (line: Line) => string;
}

/** One line by the names of its columns. */
export type Line = Readonly<Record<string, string | undefined>>;

/**
 * How to read a file, by the columns that it has: the table of LOINC (`Loinc.csv`), the descriptions
 * of SNOMED CT in release format 2 (a snapshot), or any list with `code` and `display`.
 *
 * @returns Undefined where it is none of them.
 */
export function termFileOf(columns: readonly string[]): TermFile | undefined {
  const has = (...names: readonly string[]) => names.every((name) => columns.includes(name));
  if (has("LOINC_NUM", "LONG_COMMON_NAME")) return loincFile;
  if (has("conceptId", "term", "active")) return snomedFile;
  return has("code", "display") ? plainFile : undefined;
}

/** @see LOINC Users' Guide, appendix A: the LOINC table */
const loincFile: TermFile = {
  system: "http://loinc.org",
  termOf(line) {
    if (line["STATUS"] === "DEPRECATED") return undefined;
    const also = ["SHORTNAME", "COMPONENT", "RELATEDNAMES2"].map((name) => line[name] ?? "");
    return termIn(line["LOINC_NUM"], line["LONG_COMMON_NAME"], also.join(" "));
  },
  versionOf: (line) => line["VersionLastChanged"] ?? "",
};

/** @see SNOMED CT Release File Specifications, 5.2.1.2: the description file */
const snomedFile: TermFile = {
  system: "http://snomed.info/sct",
  termOf: (line) =>
    line["active"] === "1" ? termIn(line["conceptId"], line["term"], "") : undefined,
  versionOf: (line) => line["effectiveTime"] ?? "",
};

const plainFile: TermFile = {
  termOf: (line) => termIn(line["code"], line["display"], ""),
  versionOf: () => "",
};

function termIn(code = "", name = "", also = ""): Term | undefined {
  return code.trim() === "" || name.trim() === ""
    ? undefined
    : { code: code.trim(), name: name.trim(), also: also.trim() };
}

/** Versions of numbers, such as 2.9 and 2.78, or of days; the newer one. */
export function newerVersion(one: string, other: string): string {
  return one.localeCompare(other, "en", { numeric: true }) >= 0 ? one : other;
}
