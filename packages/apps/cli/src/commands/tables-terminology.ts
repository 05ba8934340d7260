import { join } from "node:path";
import { z } from "zod";
import { type Surroundings, UsageError, defineCommand } from "../command.ts";
import { onDemand } from "../io/on-demand.ts";
import { dataFolderOf } from "../io/operator-token.ts";
import { columns, counted } from "../out.ts";

const data = z.string().optional().meta({
  value: "DIR",
  description: "The hub's data folder; also TRESTLE_DATA. ./data if neither.",
});

export const tablesTerminologyLoad = defineCommand({
  name: "tables terminology load",
  summary:
    "Load the names of a terminology that you have, such as LOINC or SNOMED CT, for suggestions.",
  exits3: "when lines were left out, for their codes cannot be of the terminology",
  json: "system, title, version, names (how many were loaded), wrongCodes (how many lines were left out).",
  operands: [
    {
      name: "file",
      description:
        "Loinc.csv, the description snapshot of SNOMED CT (.txt), or a CSV with code and display.",
    },
  ],
  options: z.strictObject({
    file: z.string({ error: "name a file." }),
    system: z.string().min(1).optional().meta({
      value: "SYSTEM",
      description:
        "loinc, snomed, or the address of another system; the columns of LOINC and SNOMED CT say it too.",
    }),
    version: z.string().min(1).max(100).optional().meta({
      value: "VERSION",
      description: "As suggestions name it; the newest that the file's lines say where left out.",
    }),
    data,
  }),
  examples: [
    "trestle tables terminology load Loinc.csv --version 2.78",
    "trestle tables terminology load tests.csv --system https://lab.example/tests",
  ],
  async run({ file, system, version, data: folder }, surroundings) {
    const { loadTerminology, terminologyFileIn, titleOfSystem } = await onDemand.codeTables();
    const target = terminologiesIn(folder, surroundings);
    const loaded = await loadTerminology({
      file,
      system: system === undefined ? undefined : (shortNames.get(system) ?? system),
      version,
      title: titleOfSystem,
      target: (known) => terminologyFileIn(target, known),
    }).catch((error: unknown) => {
      throw isNotRead(error) ? new UsageError(`The file ${file} cannot be read.`) : error;
    });
    const { title, version: known, names, wrongCodes } = loaded;
    const { out } = surroundings;
    out.row(loaded, `${`${title} ${known}`.trim()}: ${counted(names, "name")}.`);
    if (wrongCodes === 0) return 0;
    out.note(`${counted(wrongCodes, "line")} left out: their codes cannot be of ${title}.`);
    return 3;
  },
});

export const tablesTerminologyList = defineCommand({
  name: "tables terminology list",
  summary: "List the terminologies whose names are loaded for suggestions.",
  json: "for each: system, title, version, names, wrongCodes.",
  options: z.strictObject({ data }),
  examples: ["trestle tables terminology list"],
  async run({ data: folder }, surroundings) {
    const { Terminologies } = await onDemand.codeTables();
    const terminologies = new Terminologies(terminologiesIn(folder, surroundings));
    const all = terminologies.list();
    terminologies.close();
    const { out } = surroundings;
    for (const each of all) {
      const { title, version, names, system } = each;
      out.row(
        each,
        columns([
          [title, 16],
          [version, 12],
          [counted(names, "name"), 18],
          [system, 0],
        ]),
      );
    }
    if (all.length === 0) {
      out.note("None is loaded. `trestle tables terminology load FILE` loads one that you have.");
    }
    return 0;
  },
});

function terminologiesIn(
  folder: string | undefined,
  { environment }: Pick<Surroundings, "environment">,
): string {
  return join(dataFolderOf(folder, environment), "terminologies");
}

function isNotRead(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

const shortNames = new Map([
  ["loinc", "http://loinc.org"],
  ["snomed", "http://snomed.info/sct"],
]);
