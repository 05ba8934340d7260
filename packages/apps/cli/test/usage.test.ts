import { describe, expect, test } from "vitest";
import { sampleMessage } from "./support/sample.ts";
import { runHere, trestle } from "./support/run-trestle.ts";

describe("wrong usage ends with 2 and says what to do", () => {
  test.each([
    { words: "nosuch", says: "There is no command “nosuch”." },
    { words: "mesages list --limit 5", says: "Did you mean `trestle messages list`?" },
    { words: "tail", says: "Did you mean `trestle messages tail`?" },
    { words: "stat", says: "Did you mean `trestle status`?" },
    { words: "mesages", says: "Did you mean `trestle messages`?" },
    { words: "version", says: "Did you mean `trestle --version`?" },
    { words: "--hlep", says: "Did you mean --help?" },
    { words: "hl7", says: "`trestle hl7 parse`" },
    { words: "--json status", says: "The command comes first" },
    { words: "check --hlep", says: "did you mean --help?" },
    { words: "check --xyz", says: "There is no option --xyz. See" },
    { words: "check a b", says: "“b” is one word too many." },
    { words: "check --json=x", says: "--json takes no value." },
    { words: "start --port", says: "--port needs a value." },
    { words: "start --port=", says: "--port needs a value." },
    { words: "start --port -1", says: "--port=-VALUE" },
    { words: "start --port 70000", says: "--port: give a number of at most 65535." },
    { words: "sandbox --seed 5000000000", says: "--seed: give a number of at most 4294967295." },
    { words: "start --port 1.5", says: "--port: give a whole number." },
    { words: "messages list --limit x", says: "--limit: give a number." },
    { words: "messages list --outcome x", says: "--outcome: give one of mapped, " },
    { words: "messages list --from 2026", says: "2026-01-15T10:30:00Z" },
    { words: "messages replay", says: "ID: name a message by its id.\n--reason: say why" },
    { words: "status --hub localhost:8080", says: "--hub: give an address, such as http://" },
    { words: "probe lakeshore --group a --patients-file b", says: "take one." },
    { words: "probe lakeshore --with-examples", says: "say why with --purpose." },
    { words: "sandbox --to here", says: "--to: give HOST:PORT" },
    { words: "sandbox --to here:99999", says: "--to: give HOST:PORT" },
    { words: "hl7 parse", says: "FILE: name a file; - reads standard input." },
    {
      words: "hl7 parse no-such-file",
      says: "no-such-file cannot be read: there is no such file.",
    },
    { words: "hl7 parse .", says: "it is a folder" },
  ])("$words", async ({ words, says }) => {
    const { code, output, errors } = await runHere(words.split(" "));
    expect(errors).toContain(says);
    expect({ code, output }).toEqual({ code: 2, output: "" });
  });

  test("a process ends so too", async () => {
    const [wrong, lost] = await Promise.all([trestle(["tail"]), trestle(["hl7", "parse", "lost"])]);
    expect(wrong).toMatchObject({ code: 2, output: "" });
    expect(wrong.errors).toContain("Did you mean `trestle messages tail`?");
    expect(lost).toMatchObject({ code: 2, output: "" });
  });

  test.each([
    { name: "TRESTLE_HUB", command: ["status"], value: "somewhere" },
    { name: "TRESTLE_PORT", command: ["demo"], value: "eighty" },
    { name: "TRESTLE_MLLP_PORT", command: ["demo"], value: "-1" },
  ])("$name that makes no sense", async ({ name, command, value }) => {
    const environment = { [name]: value };
    const { code, errors } = await runHere(command, { environment });
    expect(errors).toContain(`${name} is “${value}”; it must be`);
    expect(code).toBe(2);
  });

  test("a time zone that nobody knows", async () => {
    const words = ["hl7", "to-fhir", sampleMessage("adt-a08"), "--time-zone", "Mars/Olympus"];
    const { code, errors } = await runHere(words);
    expect(errors).toContain("“Mars/Olympus” is no time zone.");
    expect(code).toBe(2);
  });
});

describe("a hub that cannot be asked ends with 1 and says why", () => {
  test("none answers there", async () => {
    const environment = { TRESTLE_TOKEN: "t" };
    const { code, errors } = await trestle(["status", "--hub", "http://127.0.0.1:9"], {
      environment,
    });
    expect(errors).toMatch(/^No hub answers at this address\..*\n.*ECONNREFUSED\n$/u);
    expect(code).toBe(1);
  });

  test("no token was found", async () => {
    const { code, errors } = await trestle(["status", "--data", "no-such-folder"]);
    expect(errors).toMatch(/^No operator token was found\..*\n.*folder no-such-folder/u);
    expect(code).toBe(1);
  });
});
