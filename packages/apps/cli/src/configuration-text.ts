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

/** What came into force, and what is other in which files. */
export function changeText(change: ConfigurationChangeView): string {
  const author = change.author === undefined ? "" : `, committed by ${change.author}`;
  return [
    `${toTheSecond(change.at)}  ${change.revision}${askedText(change)}${author}`,
    ...change.files.map(
      ({ file, change: what, count, of }) =>
        `  ${what.padEnd(7)}  ${file}  ${counted(count, singular[of])}`,
    ),
  ].join("\n");
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
