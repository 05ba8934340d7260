import { readKnowledgeFile } from "../io/knowledge-file.ts";

/** What stands below `= NAME rest` in a data file. */
export interface Section {
  /** What follows the name. */
  readonly heading: string;
  readonly lines: readonly string[];
}

/**
 * A data file that is read when something of it is first asked for. Only where its sections begin
 * is kept beside its text; each is cut into lines when it is asked for.
 */
export class SectionFile {
  readonly #name: string;
  #text = "";
  #starts: ReadonlyMap<string, number> | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  section(name: string): Section | undefined {
    const start = this.#find().get(name);
    if (start === undefined) return undefined;
    const end = this.#text.indexOf("\n= ", start);
    const [first = "", ...lines] = this.#text
      .slice(start, end === -1 ? this.#text.length - 1 : end)
      .split("\n");
    return { heading: first.slice(name.length + 1), lines };
  }

  names(): Iterable<string> {
    return this.#find().keys();
  }

  #find(): ReadonlyMap<string, number> {
    if (this.#starts !== undefined) return this.#starts;
    this.#text = readKnowledgeFile(this.#name);
    const starts = new Map<string, number>();
    for (const { index, groups } of this.#text.matchAll(/^= (?<name>\S+)/gmu)) {
      starts.set(groups?.["name"] ?? "", index + 2);
    }
    this.#starts = starts;
    return starts;
  }
}
