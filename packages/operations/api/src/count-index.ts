import type { MinuteCount } from "@trestle/journal";

/** Counts looked up by what they belong to; made once, since a day of a large hub has many. */
export interface CountIndex {
  /** By site, then channel, in the order of their first count. */
  readonly sites: ReadonlyMap<string, ReadonlyMap<string, readonly MinuteCount[]>>;
  readonly destinations: ReadonlyMap<string, readonly MinuteCount[]>;
  /** The earliest minute of all; undefined where there is no count. */
  readonly firstMinute: number | undefined;
}

export function indexCounts(counts: readonly MinuteCount[]): CountIndex {
  const sites = new Map<string, Map<string, MinuteCount[]>>();
  const destinations = new Map<string, MinuteCount[]>();
  let firstMinute: number | undefined;
  for (const count of counts) {
    const { site, channel, destination, minute } = count;
    if (firstMinute === undefined || minute < firstMinute) firstMinute = minute;
    if (destination === "") {
      const channels = sites.get(site) ?? new Map<string, MinuteCount[]>();
      sites.set(site, channels);
      append(channels, channel, count);
    } else {
      append(destinations, destination, count);
    }
  }
  return { sites, destinations, firstMinute };
}

function append(groups: Map<string, MinuteCount[]>, key: string, count: MinuteCount): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [count]);
  else group.push(count);
}
