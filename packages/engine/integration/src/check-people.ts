import type { CrossProblem, Parts } from "./parts.ts";
import { type PeopleSettings, ownerNames, sideOfOwner } from "./people-settings.ts";
import { unknownName } from "./unknown-name.ts";

/** What of people.yaml cannot be so: somebody who is not named, or not on the side that it takes. */
export function checkPeople({ people }: Parts): readonly CrossProblem[] {
  return [...people].flatMap(([site, settings]) =>
    settings === undefined ? [] : problemsOf(peopleFile(site), settings),
  );
}

function problemsOf(file: string, settings: PeopleSettings): readonly CrossProblem[] {
  const known = Object.keys(settings.people);
  const unknown = namesIn(settings).flatMap(([path, name]) =>
    unknownName({ at: { file, path }, what: "person", name, known, of: "people" }),
  );
  return [...unknown, ...otherSide(file, settings), ...notReached(file, settings)];
}

/** Every place that names a person. */
function namesIn({
  owners,
  escalation,
  serviceLevels,
}: PeopleSettings): readonly (readonly [path: readonly PropertyKey[], name: string])[] {
  const ofOwners = ownerNames.flatMap((owner) => {
    const name = owners[owner];
    return name === undefined ? [] : [[["owners", owner], name] as const];
  });
  const ofSteps = escalation.map(
    ({ call }, index) => [["escalation", index, "call"], call] as const,
  );
  const ofLevels = Object.entries(serviceLevels).flatMap(([severity, { agreedBy }]) =>
    agreedBy.map((name, index) => [["serviceLevels", severity, "agreedBy", index], name] as const),
  );
  return [...ofOwners, ...ofSteps, ...ofLevels];
}

function otherSide(file: string, { people, owners }: PeopleSettings): readonly CrossProblem[] {
  return ownerNames.flatMap((owner) => {
    const wanted = sideOfOwner[owner];
    const person = people[owners[owner] ?? ""];
    if (wanted === undefined || person === undefined || person.side === wanted) return [];
    return [{ file, path: ["owners", owner], ...ofOtherSide(wanted) }];
  });
}

function ofOtherSide(wanted: "ours" | "hospital") {
  return {
    code: "integration.otherSide",
    text: `This takes somebody ${wanted === "ours" ? "of ours" : "of the hospital"}.`,
    hint: "Name another person, or correct their side under people.",
  };
}

/** A step that is called by what is not known of the person would stop the escalation. */
function notReached(file: string, { people, escalation }: PeopleSettings): readonly CrossProblem[] {
  return escalation.flatMap(({ call, by }, index) => {
    const person = people[call];
    if (person === undefined || person[by] !== undefined) return [];
    return [
      {
        file,
        path: ["escalation", index, "call"],
        code: "integration.notReached",
        text: `This person is to be reached by ${by}, and has none under people.`,
        hint: `Add their ${by}, or say by what else they are called.`,
      },
    ];
  });
}

/** The path of a site's file. */
export function peopleFile(site: string): string {
  return `sites/${site}/people.yaml`;
}
