import type { ConfigurationChangeView, RefusedChangeView } from "@trestle/api/contract";
import { counted, toTheSecond } from "./out.ts";

/** Why a change was refused: a line, then each problem in two. */
export function refusedText({ at, cause, by, count, problems }: RefusedChangeView): string {
  const more = count - problems.length;
  return [
    `Refused ${toTheSecond(at)}${askedText({ cause, by })}: ${counted(count, "problem")}. What was in force stays.`,
    ...problems.map(
      ({ file, line, column, text, hint }) => `${file}:${line}:${column}  ${text}\n  ${hint}`,
    ),
    ...(more > 0 ? [`and ${more} more: \`trestle check\` lists all.`] : []),
  ].join("\n");
}

/** What came into force, and how much is other in which files; or each setting, row and line. */
export function changeText(change: ConfigurationChangeView, { isWhole = false } = {}): string {
  const author = change.author === undefined ? "" : `, committed by ${change.author}`;
  return [
    `${toTheSecond(change.at)}  ${change.revision}${askedText(change)}${author}`,
    ...change.files.flatMap((file) => [fileLine(file), ...(isWhole ? differenceLines(file) : [])]),
  ].join("\n");
}

type ChangedFile = ConfigurationChangeView["files"][number];

function fileLine({ file, change, count, of }: ChangedFile): string {
  return `  ${change.padEnd(7)}  ${file}  ${counted(count, singular[of])}`;
}

function differenceLines({ differences, count, of }: ChangedFile): readonly string[] {
  const more = count - differences.length;
  return [
    ...differences.flatMap(({ name, before, after }) => [
      ...(name === "" ? [] : [`    ${name}`]),
      ...sideLines("-", before),
      ...sideLines("+", after),
    ]),
    ...(more > 0 ? [`    and ${counted(more, `more ${singular[of]}`)}`] : []),
  ];
}

function sideLines(mark: "-" | "+", text: string | undefined): readonly string[] {
  return text === undefined ? [] : [`      ${mark} ${text}`];
}

function askedText({ cause, by }: Pick<ConfigurationChangeView, "cause" | "by">): string {
  return cause === "request" && by !== undefined ? ` by ${by}` : ` by ${causes[cause]}`;
}

const causes: Readonly<Record<ConfigurationChangeView["cause"], string>> = {
  start: "the start of the hub",
  signal: "a signal",
  request: "a request",
  watch: "a change of the folder",
};

const singular = { settings: "setting", rows: "row", lines: "line" } as const;
