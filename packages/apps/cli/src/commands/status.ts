import { type Overview, routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";
import { columns } from "../out.ts";

export const status = defineCommand({
  name: "status",
  summary: "Every site's health in one screen. Exit code 3 when something is wrong.",
  options: z.strictObject({ hub: hubOptions.hub, data: hubOptions.data }),
  examples: ["trestle status", "trestle status --json"],
  async run(options, surroundings) {
    const overview = await connectHub(options, surroundings).call(routes.getOverview);
    surroundings.out.row(overview, page(overview));
    return overview.state === "bad" || overview.state === "held" ? 3 : 0;
  },
});

function page(overview: Overview): string {
  const sites = overview.sites.flatMap((site) => [
    line([site.title, site.state, site.ratePerMinute, site.lastAt, site.errors]),
    ...site.channels.map(({ id, state, ratePerMinute, lastAt, errors }) =>
      line([`  ${id}`, state, ratePerMinute, lastAt, errors]),
    ),
  ]);
  const destinations = overview.destinations.map(
    ({ id, state, ratePerMinute, lastAt, errors, queued, held }) =>
      `${line([`→ ${id}`, state, ratePerMinute, lastAt, errors])}  ${queued} queued, ${held} held`,
  );
  const heading = columns([
    ["", 28],
    ["STATE", 8],
    ["PER MIN", 8],
    ["LAST", 24],
    ["ERRORS 1 H", 10],
  ]);
  return [
    overview.sentence,
    `Revision ${overview.revision} · ${overview.connections} connections · ${overview.backlog} not processed yet`,
    "",
    heading,
    ...sites,
    ...destinations,
  ].join("\n");
}

function line(cells: readonly [string, string, number, string | undefined, number]): string {
  const [name, state, rate, lastAt, errors] = cells;
  return columns([
    [name, 28],
    [state, 8],
    [String(Math.round(rate * 10) / 10), 8],
    [lastAt ?? "never", 24],
    [String(errors), 10],
  ]);
}
