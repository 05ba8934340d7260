import type { z } from "zod";
import { type Command, UsageError } from "./command.ts";
import { kebab } from "./options.ts";

/** Every wrong option in a line of its own, by the name that was typed. */
export function explainIssues(command: Command, error: z.ZodError): UsageError {
  const operands = new Set(command.operands.map(({ name }) => name));
  const lines = error.issues.map((issue) => {
    const key = String(issue.path[0] ?? "");
    const name = operands.has(key) ? key.toUpperCase() : `--${kebab(key)}`;
    return `${name}: ${sentence(issue)}`;
  });
  return new UsageError(`${lines.join("\n")}\n${seeHelp(command)}`);
}

/** Where to read how a command is used. */
export function seeHelp(command: Command): string {
  return `See \`trestle ${command.name} --help\`.`;
}

/** Options that are text say themselves what they want. */
function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `give one of ${issue.values.join(", ")}.`;
  if (issue.code === "invalid_type" && issue.expected === "number") return "give a number.";
  if (issue.code === "invalid_type" && issue.expected === "int") return "give a whole number.";
  if (issue.code === "too_small" && issue.origin !== "string")
    return `give a number of at least ${issue.minimum}.`;
  if (issue.code === "too_big" && issue.origin !== "string")
    return `give a number of at most ${issue.maximum}.`;
  return issue.message;
}
