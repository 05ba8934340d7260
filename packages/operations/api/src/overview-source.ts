import type { Overview } from "./contract/index.ts";
import type { ApiDependencies } from "./dependencies.ts";
import { indexCounts } from "./count-index.ts";
import { channelIds, channelKey, overviewOf, siteIds } from "./overview.ts";

/**
 * Reads the overview and remembers it for half a second, so that many consoles cost as much as one.
 * At most eight window lengths are remembered at once.
 */
export function overviewSource(
  dependencies: ApiDependencies,
): (minutes: number) => Promise<Overview> {
  const remembered = new Map<number, { at: number; overview: Promise<Overview> }>();
  return (minutes) => {
    const now = dependencies.clock.now();
    const known = remembered.get(minutes);
    if (known !== undefined && now >= known.at && now - known.at < freshMs) return known.overview;
    remembered.delete(minutes);
    const [oldest] = remembered.keys();
    if (oldest !== undefined && remembered.size >= mostWindows) remembered.delete(oldest);
    const overview = readOverview(minutes, dependencies);
    remembered.set(minutes, { at: now, overview });
    overview.catch(() => remembered.delete(minutes));
    return overview;
  };
}

async function readOverview(minutes: number, dependencies: ApiDependencies): Promise<Overview> {
  const { clock, outbox, journal, connections, readiness, configuration, promotions } =
    dependencies;
  const now = clock.now();
  const integration = dependencies.integration();
  const [found, backlogs, cursor] = await Promise.all([
    outbox.counts(Math.floor(now / 60_000) - minutes + 1),
    outbox.backlog(),
    outbox.cursor(),
  ]);
  const counts = indexCounts(found);
  return overviewOf({
    now,
    minutes,
    integration,
    counts,
    backlogs,
    heardAt: await heardAt({ integration, counts }, outbox),
    unprocessed: Math.max(0, journal.last() - cursor),
    connections: connections(),
    readiness: readiness(),
    waitingDifferences: new Map(
      promotions.waiting().map(({ site, differences }) => [site, differences.length]),
    ),
    refused: configuration.refused(),
  });
}

/** The newest message of each channel, by its index: a few microseconds each. */
async function heardAt(
  known: Parameters<typeof siteIds>[0],
  outbox: ApiDependencies["outbox"],
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const site of siteIds(known)) {
    for (const channel of channelIds(site, known)) {
      const [newest] = await outbox.messages({ site, channel, limit: 1 });
      if (newest !== undefined) found.set(channelKey(site, channel), newest.receivedAt);
    }
  }
  return found;
}

const freshMs = 500;
const mostWindows = 8;
