import { readFile } from "node:fs/promises";
import { type Result, fail, succeed } from "@trestle/base";

/** The file of a code table, by its path in the integration folder. */
export interface TableText {
  readonly path: string;
  /** Undefined where it is not there. */
  readonly before: string | undefined;
}

/** The text of a table; undefined where there is no such file. */
export async function readTableText(file: string): Promise<Result<string | undefined>> {
  try {
    const bytes = await readFile(file);
    // A byte order mark belongs to the text: the patch must name the bytes that are there.
    return succeed(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return isMissing ? succeed(undefined) : fail(notReadable);
  }
}

const notReadable = {
  code: "hub.tableNotReadable",
  text: "The file of this table cannot be read, or is not written in UTF-8.",
  hint: "Run trestle check on the integration folder.",
};
