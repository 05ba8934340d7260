import type { Problem } from "@trestle/base";
import type { Segment } from "@trestle/hl7v2";
import { isRelative } from "./maps/relative.ts";
import { isDeletedBeside, isPrimaryCareIn } from "./maps/role-rows.ts";
import type { Built, Draft } from "./rows/draft.ts";
import { Scope } from "./rows/scope.ts";
import type { Group } from "./structure/group.ts";
import { warnings } from "./warnings.ts";

/**
 * A patient, a visit and a care team are told in parts: where nobody is in a role any more, they
 * say nothing of it, and the record keeps who was.
 */
export function roleWarnings(draft: Draft, patient: Group): readonly Problem[] {
  const taken = takenIn(draft, patient);
  if (taken.length === 0) return [];
  const made = madeIn(draft, patient);
  const visits = made.filter(({ resourceType }) => resourceType === "Encounter");
  const isLeft: Readonly<Record<Role, boolean>> = {
    primaryCare: !made.some((each) => "generalPractitioner" in each),
    visit: visits.length > 0 && !visits.some((visit) => "participant" in visit),
    team: !made.some(({ resourceType }) => resourceType === "CareTeam"),
  };
  return taken.filter(({ role }) => isLeft[role]).map(({ at }) => warnings.roleKept(at));
}

/** Of what somebody has a part. */
type Role = "primaryCare" | "visit" | "team";

/** A segment that takes somebody out of a role. */
interface Taken {
  readonly role: Role;
  readonly at: string;
}

function takenIn(draft: Draft, { groups }: Group): readonly Taken[] {
  return groups.flatMap((group) => [...takenBy(draft, group), ...takenIn(draft, group)]);
}

function takenBy(draft: Draft, group: Group): readonly Taken[] {
  const isOfVisit = group.name === "visitRole";
  if (!isOfVisit && group.name !== "role") return [];
  // A relative who is none any more says so.
  if (isRelative({ scope: new Scope(draft, group) }, {})) return [];
  return [...group.segments("ROL"), ...group.segments("PRT")]
    .filter((segment) => isDeletedBeside(segment.field(2)) && namesMember(segment))
    .map((segment) => {
      const role = isOfVisit ? "visit" : "team";
      return { role: isPrimaryCareIn(segment) ? "primaryCare" : role, at: segment.at };
    });
}

/** A person or an organization, and not a device. */
function namesMember(segment: Segment): boolean {
  const members = segment.name === "ROL" ? [4, 14] : [5, 8];
  return members.some((number) => !segment.field(number).isEmpty);
}

/** What a group and those inside it made, as it stands in the result. */
function madeIn(draft: Draft, group: Group): readonly Built["resource"][] {
  const own = group.made.flatMap(({ resource }) => draft.find(resource.id)?.resource ?? []);
  return [...own, ...group.groups.flatMap((inner) => madeIn(draft, inner))];
}
