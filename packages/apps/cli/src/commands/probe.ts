import { writeFile } from "node:fs/promises";
import { type ProbeReport, type ReplyOf, type RunningProbe, routes } from "@trestle/api/contract";
import { z } from "zod";
import { type ExitCode, type Surroundings, UsageError, defineCommand } from "../command.ts";
import { type HubClient, connectHub, hubOptions, purpose } from "../io/hub-client.ts";
import { followProbe } from "../io/follow-probe.ts";
import { readPatientList } from "../io/patient-list.ts";
import { probeHtml } from "../probe-html.ts";
import { elementLines, headingOf, problemsIn, summaryLines } from "../probe-lines.ts";

export const probe = defineCommand({
  name: "probe",
  summary:
    "Look whether each data element that integration.yaml needs is really there at a site: permitted, populated, good.",
  exits1: "when the site could not be asked, or the probe was ended",
  exits3: "when a required element is not good enough",
  json: "for each element: name, need, exists, permitted, refusals, populated (verdict, share), good (verdict, checks), elsewhere, compared, verdict, findings.",
  operands: [{ name: "site", description: "The site." }],
  options: z.strictObject({
    site: z.string({ error: "name a site." }),
    environment: z
      .enum(["nonproduction", "production"])
      .optional()
      .describe("Refuse to begin where the hub speaks with another one."),
    patients: z.coerce
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(50)
      .describe("How many patients are asked about."),
    seed: z.coerce
      .number()
      .int()
      .min(0)
      .max(4_294_967_295)
      .default(1)
      .describe("Draws them; the same seed draws the same."),
    patientsFile: z.string().optional().meta({
      value: "FILE",
      description:
        "Draw them from this list, a line each: system|value, a value, or Patient/ID of the site. From the hub's record where left out.",
    }),
    group: z
      .string()
      .optional()
      .meta({ value: "ID", description: "Draw them from this Group of the site." }),
    maxRequests: z.coerce
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(2000)
      .describe("End after so many requests to the site."),
    maxMinutes: z.coerce.number().min(0.01).max(240).default(15).describe("End after this time."),
    hl7Hours: z.coerce
      .number()
      .min(0.01)
      .max(8760)
      .default(168)
      .describe("How far back messages of HL7 are looked at."),
    withExamples: z
      .boolean()
      .default(false)
      .describe("Show a few values of each finding. They are patient data: say --purpose."),
    html: z
      .string()
      .optional()
      .meta({ value: "FILE", description: "Write the report as a page too, to print or to send." }),
    purpose,
    ...hubOptions,
  }),
  examples: [
    "trestle probe lakeshore",
    "trestle probe lakeshore --patients 120 --html lakeshore.html",
    "trestle probe lakeshore --with-examples --purpose testing",
  ],
  async run(options, surroundings): Promise<ExitCode> {
    const { site, html, withExamples, group, patientsFile, ...rest } = options;
    const { hub, data, timeoutSeconds, purpose: why, ...asked } = rest;
    if (group !== undefined && patientsFile !== undefined)
      throw new UsageError("--group and --patients-file both say whom to ask about: take one.");
    if (withExamples && why === undefined)
      throw new UsageError("--with-examples shows patient data: say why with --purpose.");
    const sample = await sampleOf({ group, patientsFile });
    const { signal, out } = surroundings;
    // Ctrl+C ends the probe, not the request that begins it nor the question for what it has seen:
    // else one that nobody knows of would go on asking the site.
    const lasting = { ...surroundings, signal: new AbortController().signal };
    const client = connectHub({ hub, data, timeoutSeconds, purpose: why }, lasting);
    const body = { ...asked, sample, withExamples };
    const { id } = await client.call(routes.startProbe, { params: { site }, body });
    const ended = await followProbe({
      client,
      site,
      id,
      signal,
      onProgress: (progress) => out.note(progressLine(progress)),
      onStop: () => out.note("Stopping. What was learnt so far follows."),
    });
    return conclude(ended, { client, site, html, withExamples, surroundings });
  },
});

async function sampleOf({
  group,
  patientsFile,
}: {
  readonly group: string | undefined;
  readonly patientsFile: string | undefined;
}) {
  if (group !== undefined) return { how: "group" as const, group };
  if (patientsFile === undefined) return { how: "record" as const };
  return { how: "list" as const, patients: await readPatientList(patientsFile) };
}

type Ended = ReplyOf<typeof routes.getProbe>;

async function conclude(
  { report, problem, situation = "" }: Ended,
  to: {
    readonly client: HubClient;
    readonly site: string;
    readonly html: string | undefined;
    readonly withExamples: boolean;
    readonly surroundings: Surroundings;
  },
): Promise<ExitCode> {
  const { out } = to.surroundings;
  if (report === undefined) {
    out.note(problem === undefined ? "There is no report." : `${problem.text} ${problem.hint}`);
    return 1;
  }
  if (!out.isJson) out.row(undefined, headingOf());
  for (const element of report.elements) out.row(element, elementLines(element).join("\n"));
  for (const line of summaryLines(report, situation)) out.note(line);
  if (to.withExamples) await showExamples(report, to);
  if (to.html !== undefined) await writeFile(to.html, probeHtml(report, situation));
  if (report.end !== "whole" || report.server.problem !== undefined) return 1;
  return problemsIn(report) === 0 ? 0 : 3;
}

async function showExamples(
  { id }: ProbeReport,
  { client, site, surroundings }: Parameters<typeof conclude>[1],
): Promise<void> {
  const params = { site, probe: id };
  const { items } = await client.call(routes.getProbeExamples, { params });
  for (const { element, what, where, value } of items)
    surroundings.out.note(`${element}: ${what} at ${where}${value === "" ? "" : `: ${value}`}`);
}

function progressLine({ phase, done, of, requests }: RunningProbe): string {
  return `${words[phase]}${of === 0 ? "" : ` ${done} of ${of}`}, ${requests} requests`;
}

const words: Readonly<Record<RunningProbe["phase"], string>> = {
  choosing: "Choosing patients",
  asking: "Asking about patients",
  references: "Following references",
  messages: "Reading messages",
  done: "Judging",
};
