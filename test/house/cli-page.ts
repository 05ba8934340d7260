/** A command, as far as its page needs it. */
export interface CliCommand {
  readonly name: string;
  readonly summary: string;
}

/** `docs/reference/cli.md` from the table of commands and the text of each command's `--help`. */
export function cliPage<Command extends CliCommand>(
  commands: readonly Command[],
  helpOf: (command: Command) => string,
): string {
  const rows = commands.map(
    ({ name, summary }) =>
      `| [\`trestle ${name}\`](#trestle-${name.replaceAll(" ", "-")}) | ${summary} |`,
  );
  const sections = commands.map(
    (command) => `## trestle ${command.name}\n\n\`\`\`\n${helpOf(command)}\n\`\`\``,
  );
  const table = ["| command | does |", "|---|---|", ...rows].join("\n");
  return `${[head, table, ...sections].join("\n\n")}\n`;
}

const head = `# Command line

Made from the code by \`npm run docs\`; a test fails when it is out of date.

In this repository the command is \`npx trestle\`. Rows go to standard output, everything else to
standard error; with \`--json\` each row is one JSON object a line. Exit codes: 0 done, 1 failed,
2 wrong usage, 3 found problems.`;
