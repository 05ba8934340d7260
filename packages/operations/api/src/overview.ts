import type { Backlog } from "@trestle/journal";
import type {
  ChannelOverview,
  DestinationOverview,
  Overview,
  SiteOverview,
} from "./contract/index.ts";
import type { ApiIntegration, Readiness } from "./dependencies.ts";
import type { RefusedChange } from "./configuration.ts";
import { viewRefused } from "./configuration-view.ts";
import type { CountIndex } from "./count-index.ts";
import { type Flow, type Window, addFlows, flowOf, ratePerMinute, sum } from "./flow.ts";
import { channelHealth, destinationHealth, worst } from "./health.ts";
import { instantOf } from "./message-view.ts";
import { situation } from "./situation.ts";

/** All that the overview is made of, read at one time. */
export interface Snapshot {
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly minutes: number;
  readonly integration: ApiIntegration;
  readonly counts: CountIndex;
  readonly backlogs: readonly Backlog[];
  /** When the newest message of a channel came, by `channelKey`. */
  readonly heardAt: ReadonlyMap<string, number>;
  /** Entries in the journal that are not processed yet. */
  readonly unprocessed: number;
  readonly connections: number;
  readonly readiness: Readiness;
  /** How much waits for approval before production takes it, by site. */
  readonly waitingDifferences: ReadonlyMap<string, number>;
  /** Absent where the configuration in force is what the folder says. */
  readonly refused?: RefusedChange | undefined;
}

/** The situation of every site, channel and destination; pure. */
export function overviewOf(snapshot: Snapshot): Overview {
  const sites = siteIds(snapshot).map((id) => siteOf(id, snapshot));
  const destinations = destinationIds(snapshot).map((id) => destinationOf(id, snapshot));
  const facts = {
    now: instantOf(snapshot.now),
    revision: snapshot.integration.revision,
    ...(snapshot.refused !== undefined && { refused: viewRefused(snapshot.refused, fewProblems) }),
    backlog: snapshot.unprocessed,
    queued: sum(destinations.map(({ queued }) => queued)),
    held: sum(destinations.map(({ held }) => held)),
    connections: snapshot.connections,
    sites,
    destinations,
  };
  return { ...facts, ...situation(facts, snapshot) };
}

/** Names a channel at a site. */
export function channelKey(site: string, channel: string): string {
  return `${site}/${channel}`;
}

type Known = Pick<Snapshot, "integration" | "counts">;

/** Channels of a site: those that it is set up for, then others that messages were counted for. */
export function channelIds(site: string, { integration, counts }: Known): readonly string[] {
  const known = integration.sites.get(site)?.feeds.flatMap(({ channels }) => channels) ?? [];
  return [...new Set([...known, ...(counts.sites.get(site)?.keys() ?? [])])];
}

/** Configured sites, then others that messages were counted for, such as those of broken bytes. */
export function siteIds({ integration, counts }: Known): readonly string[] {
  return [...new Set([...integration.sites.keys(), ...counts.sites.keys()])];
}

function destinationIds({ integration, backlogs }: Snapshot): readonly string[] {
  const owed = backlogs.filter(({ queued, held }) => queued + held > 0);
  return [
    ...new Set([...integration.destinations.keys(), ...owed.map(({ destination }) => destination)]),
  ];
}

function siteOf(id: string, snapshot: Snapshot): SiteOverview {
  const site = snapshot.integration.sites.get(id);
  const channels = channelIds(id, snapshot).map((channel) => channelOf(id, channel, snapshot));
  const flow = addFlows(
    channels.map(({ flow }) => flow),
    windowOf(snapshot),
  );
  const waitingDifferences = snapshot.waitingDifferences.get(id);
  const heard = channels.flatMap(({ heardAt }) => (heardAt === undefined ? [] : [heardAt]));
  return {
    id,
    title: site?.title ?? id,
    environment: site?.environment ?? "nonproduction",
    timeZone: site?.timeZone ?? "UTC",
    state: worst(channels.map(({ view }) => view.state)),
    ...numbersOf(flow, snapshot),
    ...lastAt(heard.length === 0 ? undefined : Math.max(...heard)),
    warnings: sum(flow.noticesPerMinute),
    ...(waitingDifferences !== undefined && { waitingDifferences }),
    channels: channels.map(({ view }) => view),
  };
}

function channelOf(site: string, channel: string, snapshot: Snapshot) {
  const counts = snapshot.counts.sites.get(site)?.get(channel) ?? [];
  const flow = flowOf(counts, windowOf(snapshot));
  const heardAt = snapshot.heardAt.get(channelKey(site, channel));
  const view: ChannelOverview = {
    id: channel,
    title: snapshot.integration.channels.get(channel)?.title ?? channel,
    state: channelHealth(flow),
    ...numbersOf(flow, snapshot),
    ...lastAt(heardAt),
    warnings: sum(flow.noticesPerMinute),
  };
  return { flow, heardAt, view };
}

function destinationOf(id: string, snapshot: Snapshot): DestinationOverview {
  const counts = snapshot.counts.destinations.get(id) ?? [];
  const flow = flowOf(counts, windowOf(snapshot));
  const waiting = snapshot.backlogs.find(({ destination }) => destination === id);
  const { queued = 0, held = 0, oldestAt, deliveredAt } = waiting ?? {};
  const waitMs = oldestAt === undefined ? 0 : snapshot.now - oldestAt;
  return {
    id,
    state: destinationHealth(flow, { queued, held, waitMs }),
    ...numbersOf(flow, snapshot),
    ...lastAt(deliveredAt),
    queued,
    held,
    retries: sum(flow.noticesPerMinute),
    ...(oldestAt === undefined ? {} : { oldestAt: instantOf(oldestAt) }),
  };
}

function numbersOf({ perMinute, errorsPerMinute }: Flow, snapshot: Snapshot) {
  const { last } = windowOf(snapshot);
  const first = snapshot.counts.firstMinute ?? last;
  return {
    perMinute: [...perMinute],
    ratePerMinute: ratePerMinute(perMinute, last - first),
    errors: sum(errorsPerMinute),
  };
}

function lastAt(time: number | undefined): { lastAt?: string } {
  return time === undefined ? {} : { lastAt: instantOf(time) };
}

/** The overview is asked for often; the rest is at `getConfiguration`. */
const fewProblems = 20;

function windowOf({ now, minutes }: Snapshot): Window {
  return { minutes, last: Math.floor(now / 60_000) };
}
