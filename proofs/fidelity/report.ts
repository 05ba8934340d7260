import type { Judged } from "./judge.ts";

/** What was found as Markdown, by section; what is wrong stands first. */
export function report(judged: readonly Judged[], strays: readonly string[]): string {
  const sections = Map.groupBy(judged, ({ row }) => row.section);
  return [
    introduction,
    "",
    "| Section | Rows | Covered | Not reproduced | Failed | Tests |",
    "| --- | --- | --- | --- | --- | --- |",
    ...[...sections].map(([section, rows]) => sectionLine(section, rows)),
    sectionLine("all", judged),
    ...list("Failed", [...judged.filter(isFailed).map(line), ...strays.map(strayLine)]),
    ...list("Not reproduced", judged.filter(isLeftOut).map(line)),
    ...list("Covered", judged.filter(isCovered).map(coveredLine)),
    "",
    `${countOf(judged, isCovered)} of ${judged.length} rows are covered, ${countOf(judged, isLeftOut)} are not reproduced.`,
  ].join("\n");
}

type Test = (judged: Judged) => boolean;

const isCovered: Test = ({ verdict }) => verdict === "covered";
const isLeftOut: Test = ({ verdict }) => verdict === "not reproduced";
const isFailed: Test = ({ verdict }) => verdict === "failed";

function countOf(judged: readonly Judged[], test: Test): number {
  return judged.filter(test).length;
}

function sectionLine(section: string, rows: readonly Judged[]): string {
  const counts = [isCovered, isLeftOut, isFailed].map((test) => countOf(rows, test));
  const tests = rows.reduce((sum, { count }) => sum + count, 0);
  return `| ${[section, rows.length, ...counts, tests].join(" | ")} |`;
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", `## ${title}`, "", ...lines];
}

function line({ row, why }: Judged): string {
  return `- ${row.section} [${row.mark}] ${row.title}: ${why.join("; ")}`;
}

function coveredLine({ row, count }: Judged): string {
  return `- ${row.section} [${row.mark}] ${row.title}: ${count} ${count === 1 ? "test" : "tests"}`;
}

function strayLine(name: string): string {
  return `- “${name}” names a section, and no row speaks of it`;
}

const introduction =
  "Each row of the behaviour tables that the sandbox reproduces names tests, which run over HTTP against it. A row is covered when all of them passed. The marks: C is captured or published, R reported, U uncertain, D a choice of the sandbox's own; what is not C can be switched. A test may prove several rows.";
