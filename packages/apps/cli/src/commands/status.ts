import { type Overview, routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";
import { refusedText } from "../configuration-text.ts";
import { columns, counted, toTheSecond } from "../out.ts";

export const status = defineCommand({
  name: "status",
  summary: "Every site's health in one screen.",
  exits3:
    "when something is wrong, held for a person to decide, or waits for approval, or a changed configuration is refused",
  json: "what the API answers at GET /api/v1/overview.",
  options: z.strictObject(hubOptions),
  examples: ["trestle status", "trestle status --json"],
  async run(options, surroundings) {
    const overview = await connectHub(options, surroundings).call(routes.getOverview);
    surroundings.out.row(overview, page(overview));
    const isWrong = overview.state === "bad" || overview.state === "held";
    const waits = overview.sites.some(({ waitingDifferences }) => waitingDifferences !== undefined);
    return isWrong || waits || overview.refused !== undefined ? 3 : 0;
  },
});

function page(overview: Overview): string {
  const rows = rowsOf(overview);
  const width = Math.max(...rows.map(({ name }) => name.length));
  const line = (row: Row) =>
    columns([
      [row.name, width],
      [row.state, 8],
      [row.rate, 7],
      [row.last, 20],
      [row.errors, 8],
      [row.waiting ?? "", 0],
    ]);
  return [
    overview.sentence,
    `Revision ${overview.revision} · ${counted(overview.connections, "connection")} · ${overview.backlog} not processed yet`,
    ...(overview.refused === undefined ? [] : ["", refusedText(overview.refused)]),
    "",
    line(heading),
    ...rows.map(line),
  ].join("\n");
}

/** The cells of one line. */
interface Row {
  readonly name: string;
  readonly state: string;
  readonly rate: string;
  readonly last: string;
  readonly errors: string;
  readonly waiting?: string;
}

function rowsOf({ sites, destinations }: Overview): Row[] {
  return [
    ...sites.flatMap((site) => [
      { name: site.title, ...factsOf(site), waiting: approvalText(site) },
      ...site.channels.map((channel) => ({ name: `  ${channel.id}`, ...factsOf(channel) })),
    ]),
    ...destinations.map((destination) => ({
      name: `→ ${destination.id}`,
      ...factsOf(destination),
      waiting: `${destination.queued} queued, ${destination.held} held`,
    })),
  ];
}

/** What waits for approval, with the command that shows it. */
function approvalText({ id, waitingDifferences }: Overview["sites"][number]): string {
  if (waitingDifferences === undefined) return "";
  const verb = waitingDifferences === 1 ? "waits" : "wait";
  return `${counted(waitingDifferences, "difference")} ${verb} for approval: trestle promote ${id}`;
}

function factsOf(part: {
  state: string;
  ratePerMinute: number;
  lastAt?: string | undefined;
  errors: number;
}): Omit<Row, "name"> {
  return {
    state: part.state,
    rate: String(Math.round(part.ratePerMinute * 10) / 10),
    last: part.lastAt === undefined ? "never" : toTheSecond(part.lastAt),
    errors: String(part.errors),
  };
}

const heading: Row = {
  name: "",
  state: "STATE",
  rate: "PER MIN",
  last: "LAST",
  errors: "ERRORS/H",
  waiting: "WAITING",
};
