import type { MessageLimits } from "@trestle/hl7v2";
import type { SiteProfile } from "@trestle/hl7v2/validate";
import {
  type HarmlessRule,
  type Integration,
  type ProcessingPlan,
  type Receiving,
  planOf,
} from "@trestle/integration";

/** What must be known of one revision to say what a message gives under it; plain values. */
export interface SidePlan {
  readonly processing: ProcessingPlan;
  readonly receiving: Receiving;
  /** The listener of each channel. */
  readonly listenerOf: ReadonlyMap<string, string>;
  /** The port of each listener: one that has another name is known by it. */
  readonly ports: ReadonlyMap<string, number>;
  readonly profiles: ReadonlyMap<string, SiteProfile>;
}

/** Two revisions, and where they are the same. */
export interface WhatIfPlan {
  readonly one: SidePlan;
  readonly other: SidePlan;
  /** Whether a message may be taken by another site or channel, or not be taken. */
  readonly doorsDiffer: boolean;
  /** Sites and channels under which a message gives the same in both. */
  readonly sameSites: ReadonlySet<string>;
  readonly sameChannels: ReadonlySet<string>;
  readonly rules: readonly HarmlessRule[];
}

/** The text of each transform, which may be another under the same name. */
export type TransformTexts = ReadonlyMap<string, string>;

export interface Side {
  readonly integration: Integration;
  readonly transforms: TransformTexts;
}

/** Finds out in what two revisions differ. The rules are those of the second. */
export function whatIfPlan(one: Side, other: Side): WhatIfPlan {
  const [before, after] = [one.integration, other.integration];
  const sites = [...before.sites.keys()].filter(
    (site) => siteText(one, site) === siteText(other, site),
  );
  const channels = [...before.channels.keys()].filter(
    (channel) => channelText(one, channel) === channelText(other, channel),
  );
  return {
    one: sidePlan(before),
    other: sidePlan(after),
    doorsDiffer: doorText(before) !== doorText(after),
    sameSites: new Set(sites),
    sameChannels: new Set(channels),
    rules: after.harmless,
  };
}

/** Whether no message can give anything else. */
export function isSame({ one, other, doorsDiffer, sameSites, sameChannels }: WhatIfPlan): boolean {
  return (
    !doorsDiffer &&
    [one, other].every(
      ({ receiving }) =>
        receiving.sites.size === sameSites.size && receiving.channels.size === sameChannels.size,
    )
  );
}

function sidePlan(integration: Integration): SidePlan {
  const { sites, channels, settings } = integration;
  return {
    processing: planOf(integration),
    receiving: {
      sites: new Map([...sites].map(([name, { id, feeds }]) => [name, { id, feeds }])),
      channels: new Map([...channels].map(([name, { accepts }]) => [name, { accepts }])),
    },
    listenerOf: new Map([...channels].map(([name, { source }]) => [name, source.listener])),
    ports: new Map(Object.entries(settings.listeners).map(([name, { port }]) => [name, port])),
    profiles: new Map([...sites].map(([name, { profile }]) => [name, profile])),
  };
}

/** All that decides what a message of a site gives, but for its channel: in tests, and in production. */
function siteText({ integration, transforms }: Side, name: string): string | undefined {
  const site = integration.sites.get(name);
  if (site === undefined) return undefined;
  const { sites, production } = planOf({ ...integration, sites: new Map([[name, site]]) });
  const [tested] = sites;
  // By which revision it was approved changes nothing of what production does.
  const [approved] = production.map((plan) => ({ ...plan, approved: undefined }));
  const said = [tested, approved ?? tested].map((plan) => [
    plan,
    textsOf(plan?.transforms ?? [], transforms),
  ]);
  return textOf([said, site.profile]);
}

function channelText({ integration, transforms }: Side, name: string): string | undefined {
  const channel = integration.channels.get(name);
  return channel && textOf([channel.routes, textsOf(channel.transforms, transforms)]);
}

/** A transform may import another, so that all of them count. */
function textsOf(names: readonly string[], transforms: TransformTexts): unknown {
  return names.length === 0
    ? []
    : [names, [...transforms].toSorted(([a], [b]) => a.localeCompare(b))];
}

/** All that decides whether a message is taken, and by whom. */
function doorText({ sites, channels, settings }: Integration): string {
  const limits: MessageLimits = settings.messages;
  return textOf([
    limits,
    [...sites].map(([name, { feeds }]) => [name, feeds]),
    [...channels].map(([name, { accepts, source }]) => [name, accepts, source]),
    Object.entries(settings.listeners).map(([name, { port }]) => [name, port]),
  ]);
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part instanceof Map ? [...(part as ReadonlyMap<unknown, unknown>)] : part,
  );
}
