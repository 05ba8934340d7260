import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@trestle/testkit";
import { describe, expect, test } from "vitest";
import { patchOf } from "../src/index.ts";

const header = "local,system,code,display,status,note\n";

describe("a patch", () => {
  test.each([
    ["of a new file", undefined, `${header}NA,,,,,\n`],
    ["that adds a line", `${header}a,,,,,\nb,,,,,\nc,,,,,\nd,,,,,\n`, undefined],
    ["of lines that end with CR LF", "local,system,code\r\na,b,c\r\n", undefined],
    ["of a file without an end of its last line", "local,system,code\na,b,c", undefined],
    ["of a file with a byte order mark", "\uFEFFlocal,system,code\na,b,c\n", undefined],
    ["of cells over several lines", 'local,system,code\na,"b\nb",c\n', undefined],
    ["of lines that look like a patch", "local,system,code\n--- a,\t,\n+++ b,c\t,\t\n", undefined],
  ])("%s gives the same bytes by git apply", (_, before, whole) => {
    const folder = temporaryFolder();
    execFileSync("git", ["init", "-q"], { cwd: folder.path });
    const after = whole ?? textOfAny(before ?? "");
    if (before !== undefined) writeFileSync(join(folder.path, file), before);
    writeFileSync(join(folder.path, "p"), patchOf([{ path: file, before, after }]));
    execFileSync("git", ["apply", "p"], { cwd: folder.path, stdio: "pipe" });
    expect(readFileSync(join(folder.path, file), "utf8")).toBe(after);
    folder.remove();
  });
});

/** A name that git itself would have to mark the end of. */
const file = "tables of ä site.csv";

/** A row more, whether the table is a good one or not. */
function textOfAny(text: string): string {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  return `${text}${text.endsWith("\n") ? "" : end}n,http://loinc.org,2951-2${end}`;
}
