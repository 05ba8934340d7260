import { peopleFile } from "./check-people.ts";
import type { CrossProblem, Parts } from "./parts.ts";
import { type PeopleSettings, ownerNames, severityNames } from "./people-settings.ts";

/** A matter of a site that somebody should see to, though all of it works. */
export interface PeopleNotice extends CrossProblem {
  /** `warning` where patients are treated with it, else `note`. */
  readonly level: "warning" | "note";
}

/**
 * What is missing or old in people.yaml, at a site that treats patients as warnings.
 *
 * @param today The newest day that it is anywhere, `2026-03-01`.
 */
export function noticesOfPeople({ people, sites }: Parts, today: string): readonly PeopleNotice[] {
  return [...sites].flatMap(([site, settings]) => {
    if (settings === undefined) return [];
    const isProduction = settings.environments.production !== undefined;
    const level = isProduction ? "warning" : "note";
    const found = people.get(site);
    if (found !== undefined) {
      const all = [
        ...missing(found),
        ...disagreed(found),
        ...(isProduction ? old(found, today) : []),
      ];
      return [...all, ...inFuture(found, today)].map((one) => ({
        file: peopleFile(site),
        level,
        ...one,
      }));
    }
    if (people.has(site) || !isProduction) return [];
    return [{ file: `sites/${site}/site.yaml`, level, ...noPeople }];
  });
}

type Noticed = Omit<CrossProblem, "file">;

function missing({ owners, escalation, serviceLevels, confirmedOn }: PeopleSettings): Noticed[] {
  const unowned = ownerNames.filter((owner) => owners[owner] === undefined);
  const unlevelled = severityNames.filter((severity) => serviceLevels[severity] === undefined);
  return [
    ...(unowned.length > 0 ? [nobodyFor(unowned)] : []),
    ...(escalation.length < 2 ? [shortEscalation] : []),
    ...(unlevelled.length > 0 ? [noLevelFor(unlevelled)] : []),
    ...(confirmedOn === undefined ? [neverConfirmed] : []),
  ];
}

/** An agreement takes two sides. */
function disagreed({ people, serviceLevels }: PeopleSettings): Noticed[] {
  return Object.entries(serviceLevels).flatMap(([severity, { agreedBy }]) => {
    const sides = new Set(agreedBy.map((name) => people[name]?.side));
    if (sides.size > 1 || sides.has(undefined)) return [];
    const other = sides.has("ours") ? "Nobody of the hospital" : "Nobody of ours";
    return [
      {
        path: ["serviceLevels", severity, "agreedBy"],
        code: "integration.oneSided",
        text: `${other} has agreed to this.`,
        hint: "Add who did on the other side, or ask them.",
      },
    ];
  });
}

function old({ confirmedOn }: PeopleSettings, today: string): Noticed[] {
  if (confirmedOn === undefined || daysBetween(confirmedOn, today) <= confirmedForDays) return [];
  return [
    {
      path: ["confirmedOn"],
      code: "integration.confirmedLongAgo",
      text: `It is more than ${confirmedForDays} days since anybody asked whether this is still so.`,
      hint: "Ask everybody who is named here, correct what changed, and write down the day.",
    },
  ];
}

function inFuture({ confirmedOn, serviceLevels }: PeopleSettings, today: string): Noticed[] {
  const days: readonly (readonly [readonly PropertyKey[], string | undefined])[] = [
    [["confirmedOn"], confirmedOn],
    ...Object.entries(serviceLevels).map(
      ([severity, { agreedOn }]) => [["serviceLevels", severity, "agreedOn"], agreedOn] as const,
    ),
  ];
  return days
    .filter(([, day]) => day !== undefined && day > today)
    .map(([path]) => ({ path, ...notYet }));
}

function nobodyFor(owners: readonly string[]): Noticed {
  return {
    path: ["owners"],
    part: "key",
    code: "integration.nobodyNamed",
    text: `Nobody is named for ${owners.join(", ")}.`,
    hint: "Name somebody under owners for each, before patients are treated with this.",
  };
}

function noLevelFor(severities: readonly string[]): Noticed {
  return {
    path: ["serviceLevels"],
    part: "key",
    code: "integration.noServiceLevel",
    text: `No service level is agreed for ${severities.join(", ")}.`,
    hint: "Agree with the hospital within what somebody works on it, and write down who did.",
  };
}

const shortEscalation: Noticed = {
  path: ["escalation"],
  part: "key",
  code: "integration.shortEscalation",
  text: "The escalation ends with the first who does not answer.",
  hint: "Name at least two people who are called one after the other.",
};

const neverConfirmed: Noticed = {
  path: ["confirmedOn"],
  part: "key",
  code: "integration.neverConfirmed",
  text: "Nobody has confirmed yet that this is so.",
  hint: "Ask everybody who is named here, and write the day under confirmedOn.",
};

const noPeople: Noticed = {
  path: [],
  code: "integration.noPeople",
  text: "The site treats patients, and no people.yaml says who answers for it.",
  hint: "Add people.yaml beside this file; docs/reference/configuration.md says what stands there.",
};

const notYet = {
  code: "integration.dayToCome",
  text: "This day is still to come.",
  hint: "Write the day on which it was so.",
};

function daysBetween(one: string, other: string): number {
  return (Date.parse(other) - Date.parse(one)) / (24 * 3600 * 1000);
}

const confirmedForDays = 90;
