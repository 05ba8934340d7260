import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../", import.meta.url));
const page = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/^## (?<heading>.+)$|^```ts\n(?<code>[^]*?)^```/gmu)].reduce<
  { heading: string; code: string }[]
>((list, { groups = {} }) => {
  const { heading, code } = groups;
  if (heading !== undefined) list.push({ heading, code: "" });
  else if (code !== undefined) list.push({ heading: list.at(-1)?.heading ?? "the page", code });
  return list;
}, []);
const programs = examples.filter(({ code }) => code !== "");

test("the page has examples", () => {
  expect(programs.length).toBeGreaterThanOrEqual(4);
});

test.each(programs)("the example under '$heading' runs and prints what it says", ({ code }) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module-typescript", "--eval", code],
    { cwd: folder, encoding: "utf8" },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  for (const promised of promises(code)) expect(stdout).toContain(promised);
});

/** What comments behind or below a `console.log` say that it prints; up to a colon. */
function promises(code: string): readonly string[] {
  return [...code.matchAll(/^(?:console\.log.*;\s*)?\/\/ (?<printed>.+)$/gmu)].map(({ groups }) =>
    (groups?.["printed"] ?? "").replace(/: [a-z].*$/u, ""),
  );
}
