import { type Problem, fail, reveal } from "@trestle/base";
import type { Hl7Message, MessageLimits } from "@trestle/hl7v2";
import type { Explained, Mapped, UnmappedField } from "@trestle/mapping";
import { z } from "zod";
import { type Surroundings, defineCommand } from "../command.ts";
import { folderAround } from "../io/folder-around.ts";
import { mappingSite } from "../io/mapping-site.ts";
import { printProblem, openMessages } from "../io/message-file.ts";
import { onDemand } from "../io/on-demand.ts";
import { messageFile } from "../option-types.ts";

export const hl7ToFhir = defineCommand({
  name: "hl7 to-fhir",
  summary: "Show the FHIR Bundle that each message maps to; works offline.",
  exits3:
    "when a message cannot be mapped, --unmapped stops at its limit, or the file or the integration folder has problems",
  json: "the Bundle of each message; with --explain for each value: message (its number), path, value, and field, by (the row of the map), row (of a code table), rule as they apply; with --unmapped for each field: message, at, field, name, value.",
  operands: [
    { name: "file", description: "A file of one or more messages; - reads standard input." },
  ],
  options: z.strictObject({
    file: messageFile,
    site: z
      .string()
      .optional()
      .meta({ value: "SITE", description: "Map with this site's code tables and time zone." }),
    config: z.string().optional().meta({
      value: "DIR",
      description:
        "The integration folder that has the site and the limits; left out, the one FILE lies in, or .",
    }),
    timeZone: z.string().optional().meta({
      value: "ZONE",
      description:
        "Without --site: the time zone of times that name no offset. Left out, the offset of MSH-7, or UTC.",
    }),
    explain: z
      .boolean()
      .default(false)
      .describe("Instead of the Bundle: each value with the field, table row or rule behind it."),
    unmapped: z
      .boolean()
      .default(false)
      .describe("Instead of the Bundle: each field that reached no value of it, and should have."),
    maxMappings: z.coerce.number().int().min(1).default(2000).meta({
      value: "N",
      description: "With --unmapped: how often a message is mapped anew to find them, at most.",
    }),
  }),
  examples: [
    "trestle hl7 to-fhir admit.hl7",
    "trestle hl7 to-fhir admit.hl7 --site lakeshore --explain",
    "trestle hl7 to-fhir admit.hl7 --site lakeshore --unmapped",
  ],
  async run({ file, site, config, timeZone, ...how }, surroundings) {
    const { out } = surroundings;
    const by = await mappingSite({ site, config: config ?? folderAround(file), timeZone });
    if (!by.ok) {
      out.note(by.problems);
      return 3;
    }
    const opened = await openMessages({ file, config }, surroundings);
    if (opened === undefined) return 3;
    const show = await showing({ ...how, limits: opened.limits }, surroundings);
    const { tryMapping } = await onDemand.siteMapping();
    let problems = 0;
    for (const { number, message, warnings } of opened.messages) {
      const shown = message.ok
        ? tryMapping(() => show(number, message.value, by))
        : fail(message.problem);
      if (!shown.ok) {
        out.note(printProblem(file, number, shown.problem));
        problems += 1;
        continue;
      }
      const { mapped, stopped } = shown.value;
      const notes = [...warnings, ...mapped.warnings, ...(stopped === undefined ? [] : [stopped])];
      for (const note of new Set(notes.map((it) => printProblem(file, number, it)))) out.note(note);
      if (mapped.outcome === "notMapped" || stopped !== undefined) problems += 1;
    }
    return problems + opened.problems === 0 ? 0 : 3;
  },
});

/** Prints what a message maps to in the way that was asked for. */
type Show = (number: number, message: Hl7Message, by: MappedBy) => Shown;

interface Shown {
  readonly mapped: Mapped;
  /** Why not all of it was looked at. */
  readonly stopped?: Problem | undefined;
}

type MappedBy = Extract<Awaited<ReturnType<typeof mappingSite>>, { ok: true }>;

async function showing(
  how: { explain: boolean; unmapped: boolean; maxMappings: number; limits: MessageLimits },
  { out }: Surroundings,
): Promise<Show> {
  const { unmappedFields } = await onDemand.mapping();
  const row = (value: unknown, text: string) => out.row(value, text);
  return (number, message, { mapperFor, site }) => {
    const mapper = mapperFor(message);
    const mapped = mapper.explain(message, site);
    const bundle = reveal(mapped.bundle);
    const { notTaken } = mapper;
    const told = {
      ...mapped,
      warnings: [...(notTaken === undefined ? [] : [notTaken]), ...mapped.warnings],
    };
    if (how.unmapped) {
      const { maxMappings, limits } = how;
      const found = unmappedFields(message, { mapper, site, limits, maxMappings });
      showUnmapped(number, found.fields, row);
      return { mapped: told, stopped: found.stopped };
    }
    if (how.explain) showSources(number, mapped, row);
    else row(bundle, JSON.stringify(bundle, undefined, 2));
    return { mapped: told };
  };
}

/** By value, so that one without a source would show. */
function showSources(
  number: number,
  mapped: Explained,
  row: (value: unknown, text: string) => void,
): void {
  const sources = new Map(mapped.sources.map((source) => [source.path, source]));
  for (const [path, value] of leaves(reveal(mapped.bundle))) {
    const source = sources.get(path);
    const by = source?.by === undefined ? undefined : `map row ${source.by}`;
    const from = [source?.field, source?.row, source?.rule, by].filter(
      (part) => part !== undefined,
    );
    row(
      { message: number, path, value, ...source },
      `${path} = ${JSON.stringify(value)}\n    from ${from.join(", ")}`,
    );
  }
}

function showUnmapped(
  number: number,
  fields: readonly UnmappedField[],
  row: (value: unknown, text: string) => void,
): void {
  for (const { at, place, name, raw } of fields) {
    const value = reveal(raw);
    const named = name === undefined ? at : `${at} ${name}`;
    const fact = { message: number, at, field: place, ...(name !== undefined && { name }), value };
    row(fact, `${named} = ${JSON.stringify(value)}`);
  }
}

/** Every leaf of a value by its path, `entry[0].resource.id`. */
function leaves(
  value: unknown,
  path = "",
  found = new Map<string, unknown>(),
): Map<string, unknown> {
  if (typeof value !== "object" || value === null || isExactNumber(value))
    return found.set(path, value);
  for (const [key, child] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${key}]` : `.${key}`;
    leaves(child, path === "" ? key : path + step, found);
  }
  return found;
}

/** A number that keeps its written digits is an object to JavaScript, but one value to us. */
function isExactNumber(value: object): boolean {
  return Object.getPrototypeOf(value) === null && "rawJSON" in value;
}
