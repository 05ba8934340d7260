import { commands } from "../../src/commands/index.ts";
import { commandHelp } from "../../src/help.ts";

/** The keys of rows which the help of their command does not name. */
export function undocumented(name: string, rows: readonly object[]): readonly string[] {
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  const words = new Set(commandHelp(command).split(/\W+/u));
  return [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) => !words.has(key));
}
