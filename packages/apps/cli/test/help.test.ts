import { describe, expect, test } from "vitest";
import { commands } from "../src/commands/index.ts";
import { commandHelp, generalHelp } from "../src/help.ts";
import { optionsOf, wordsOf } from "../src/options.ts";
import { runHere, trestle } from "./support/run-trestle.ts";

describe("help, as it is asked for", () => {
  test.each([
    { words: [], run: trestle },
    { words: ["--help"], run: trestle },
    { words: ["-h"], run: runHere },
    { words: ["help"], run: runHere },
  ])("$words lists every command and the exit codes", async ({ words, run }) => {
    const { code, output, errors } = await run(words);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    for (const { name } of commands) expect(output).toContain(`  ${name} `);
    expect(output).toContain("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 found problems.");
  });

  test.each(commands.map(({ name }) => ({ name })))(
    "$name --help says how it is used",
    async ({ name }) => {
      const { code, output, errors } = await runHere([...name.split(" "), "--help"]);
      expect({ code, errors }).toEqual({ code: 0, errors: "" });
      expect(output).toContain(`Usage: trestle ${name}`);
      expect(output).toContain("--json");
      expect(output).toContain("Examples:\n  ");
    },
  );

  test.each([{ words: ["hl7", "--help"] }, { words: ["help", "hl7"] }])(
    "$words lists the commands of the noun alone",
    async ({ words }) => {
      const { code, output } = await runHere(words);
      expect(code).toBe(0);
      expect(output).toContain("hl7 to-fhir");
      expect(output).not.toContain("messages list");
    },
  );

  test("help COMMAND is the command's own help", async () => {
    const { output } = await trestle(["help", "messages", "tail"]);
    expect(output).toContain("Usage: trestle messages tail");
  });

  test("--version is the version", async () => {
    expect((await trestle(["--version"])).output).toMatch(/^\d+\.\d+\.\d+\n$/u);
  });
});

describe("the text of help", () => {
  test("an option of a few words names them", async () => {
    const { output } = await runHere(["hl7", "validate", "--help"]);
    expect(output.replaceAll(/\s+/gu, " ")).toContain(
      "One of error, warning, note. [default: note]",
    );
    const other = await runHere(["hl7", "from-fhir", "--help"]);
    expect(other.output.replaceAll(/\s+/gu, " ")).toContain(
      "One of new, rescheduled, modified, cancelled.",
    );
  });

  test("no option says its words twice", () => {
    for (const option of commands.flatMap(optionsOf)) {
      const said = option.schema.description?.split(/[^\w-]+/u) ?? [];
      const twice = wordsOf(option.schema).filter((word) => said.includes(word));
      expect(twice.length, option.name).toBeLessThan(2);
    }
  });

  test("every option says what it is for, and every example is of its own command", () => {
    for (const command of commands) {
      const page = commandHelp(command);
      const undescribed = page
        .split("\n")
        .filter((line) => /^ {2}--[\w-]+(?: [A-Z:]+)?$/u.test(line));
      expect(undescribed, command.name).toEqual([]);
      for (const example of command.examples) expect(example).toContain(`trestle ${command.name}`);
    }
  });

  test("what must be given stands in the line of usage, what may be left out in brackets", () => {
    const usageOf = (name: string) =>
      commands
        .filter((command) => command.name === name)
        .map((command) => /Usage: (?<line>.*)/u.exec(commandHelp(command))?.groups?.["line"]);
    expect(usageOf("check")).toEqual(["trestle check [DIR] [OPTIONS]"]);
    expect(usageOf("messages replay")).toEqual([
      "trestle messages replay ID --reason TEXT [OPTIONS]",
    ]);
  });

  test.each([40, 60, 80, 100])("fits a screen of %d columns", (width) => {
    const pages = [generalHelp(commands, width), ...commands.map((one) => commandHelp(one, width))];
    const lines = pages.flatMap((page) => page.replace(/\nExamples:[^]*/u, "").split("\n"));
    // A word that is longer than the screen cannot be broken.
    const tooLong = lines.filter((line) => line.length > width && line.trim().includes(" "));
    expect(tooLong).toEqual([]);
  });
});
