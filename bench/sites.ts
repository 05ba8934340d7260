import { fileURLToPath } from "node:url";
import { tableEdits } from "./table-edits.ts";
import { askProcess, median, runToEnd } from "./measure.ts";
import type { Report } from "./report.ts";
import { nameOf, sitesFolder } from "./sites-folder.ts";

/** A folder of many sites: checked by the command that people type, loaded as a hub loads it. */
export async function sites({ runs }: { runs: number }): Promise<Report> {
  const folder = sitesFolder(size);
  try {
    const checks = [];
    const loads = [];
    for (let run = 0; run < runs; run += 1) {
      const check = await runToEnd(command, ["check", folder.path]);
      if (check.code !== 0) throw new Error(`check ended with ${check.code}`);
      checks.push(check);
      loads.push(await askProcess<Load>("servers/load-sites.ts", [folder.path], asHub));
    }
    const check = {
      seconds: median(checks.map(({ seconds }) => seconds)),
      cpuSeconds: median(checks.map(({ cpuSeconds }) => cpuSeconds)),
      memoryMb: median(checks.map(({ memoryMb }) => memoryMb)),
    };
    const load = {
      seconds: median(loads.map(({ loadSeconds }) => loadSeconds)),
      memoryMb: median(loads.map(({ memoryMb }) => memoryMb)),
      lookUpNs: median(loads.map(({ lookUpNs }) => lookUpNs)),
    };
    const { liveMs, longestAckMs, usualAckMs } = await tableEdits({
      folder: folder.path,
      table: `sites/${nameOf(7)}/tables/observation-code.csv`,
      facility: `${nameOf(7)}-test`,
      edits: 2 * runs + 1,
    });
    const rows: readonly Row[] = [
      ["`trestle check`", "s", check.seconds, 5],
      ["`trestle check`, most memory", "MB", check.memoryMb, 300],
      ["loaded and its tables prepared", "s", load.seconds, 3],
      ["loaded, most memory", "MB", load.memoryMb, 300],
      ["look-up of a code", "ns", load.lookUpNs, 1000],
      ["edit of a table, until a message is received under it", "s", median(liveMs) / 1000, 1],
    ];
    return {
      title: "Many sites",
      about: `A folder of ${size.sites} sites, ${size.tables} code tables and ${size.rows} rows (${(folder.bytes / 1024 ** 2).toFixed(1)} MB), that has no problem; each figure the median of ${runs} processes.`,
      heading: ["What", "Unit", "Figure", "Bound"],
      rows: rows.map(([what, unit, figure, bound]) => [what, unit, printed(figure), bound]),
      notes: [
        `While a table was edited, the longest acknowledgement of a sender that sends one message after the other took ${printed(median(longestAckMs))} ms; in a second without an edit ${printed(usualAckMs)} ms.`,
        `\`trestle check\` took ${check.cpuSeconds.toFixed(1)} s of processor time from its start to its end.`,
        ...rows
          .filter(([, , figure, bound]) => figure > bound)
          .map(([what]) => `${what} is above its bound.`),
      ],
    };
  } finally {
    folder.remove();
  }
}

interface Load {
  readonly loadSeconds: number;
  readonly memoryMb: number;
  readonly lookUpNs: number;
}

type Row = readonly [what: string, unit: string, figure: number, bound: number];

function printed(figure: number): string {
  return figure < 100 ? figure.toFixed(1) : figure.toFixed(0);
}

/** The young generation of a hub: see packages/apps/cli/bin/trestle.mjs. */
const asHub = ["--max-semi-space-size=8"];
const size = { sites: 200, tables: 500, rows: 100_000 };
const command = fileURLToPath(new URL("../node_modules/.bin/trestle", import.meta.url));
