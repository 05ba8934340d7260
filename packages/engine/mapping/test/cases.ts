import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Hl7Message, parseMessage } from "@trestle/hl7v2";

/** A message on disk and the files that hold what it should become. */
export interface Case {
  readonly name: string;
  readonly message: Hl7Message;
  readonly expectedFile: string;
  readonly warningsFile: string;
}

/** Everything under `cases`, one folder each; every message is invented. */
export const cases: readonly Case[] = readdirSync(join(import.meta.dirname, "cases")).map(
  (name) => {
    const folder = join(import.meta.dirname, "cases", name);
    return {
      name,
      message: read(readFileSync(join(folder, "message.hl7"), "utf8")),
      expectedFile: join(folder, "expected.json"),
      warningsFile: join(folder, "warnings.txt"),
    };
  },
);

/** Parses a message that must be good. Its segments may end in LF, as an editor writes them. */
export function read(text: string): Hl7Message {
  const parsed = parseMessage(text.replaceAll(/\r?\n/gu, "\r"));
  if (parsed.ok) return parsed.value;
  throw new TypeError(`no message: ${parsed.problem.text}`);
}
