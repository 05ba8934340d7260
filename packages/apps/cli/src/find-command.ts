import { distance } from "fastest-levenshtein";
import { type Command, UsageError } from "./command.ts";

/** What the words name: a command, or all commands of a noun. */
export type Found =
  | { readonly kind: "command"; readonly command: Command; readonly rest: readonly string[] }
  | { readonly kind: "noun"; readonly noun: string; readonly commands: readonly Command[] };

/** @throws {UsageError} with what was meant, where that can be guessed. */
export function findCommand(commands: readonly Command[], words: readonly string[]): Found {
  const [command] = commands
    .filter(({ name }) => name.split(" ").every((part, index) => words[index] === part))
    .toSorted((a, b) => b.name.length - a.name.length);
  if (command !== undefined) {
    return { kind: "command", command, rest: words.slice(command.name.split(" ").length) };
  }
  const [noun = "", verb = "-"] = words;
  const ofNoun = commands.filter(({ name }) => name.startsWith(`${noun} `));
  if (ofNoun.length > 0 && verb.startsWith("-")) return { kind: "noun", noun, commands: ofNoun };
  throw unknownCommand(commands, words);
}

/** The known word that was begun, or else the closest; undefined when none is close enough. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
  const [longer, ...others] = known.filter((candidate) => candidate.startsWith(word));
  if (longer !== undefined && others.length === 0) return longer;
  const [nearest] = known
    .map((candidate) => ({ candidate, edits: distance(word, candidate) }))
    .toSorted((a, b) => a.edits - b.edits);
  return nearest !== undefined && nearest.edits <= Math.ceil(word.length / 3)
    ? nearest.candidate
    : undefined;
}

function unknownCommand(commands: readonly Command[], words: readonly string[]): UsageError {
  const [noun = "", verb = ""] = words;
  const typed = verb === "" || verb.startsWith("-") ? noun : `${noun} ${verb}`;
  const nearest = nearestCommand(commands, typed) ?? nearestCommand(commands, noun);
  const guess = nearest === undefined ? "" : ` Did you mean \`trestle ${nearest}\`?`;
  return new UsageError(
    `There is no command “${typed}”.${guess}\nSee \`trestle --help\` for all commands.`,
  );
}

/** By name, noun, or verb alone: who types `tail` means `messages tail`. */
function nearestCommand(commands: readonly Command[], typed: string): string | undefined {
  const names = commands.map(({ name }) => name);
  const nouns = names.map((name) => name.replace(/ .*/u, ""));
  const byVerb = names.find((name) => name.endsWith(` ${typed}`));
  return byVerb ?? nearestOf(typed, [...new Set([...names, ...nouns, "--version"])]);
}
