import type { Problem } from "@trestle/base";
import { isCharge } from "./maps/charge-item.ts";
import { isEventIn } from "./maps/event.ts";
import { isMerge } from "./maps/merged-patient.ts";
import { isDeletedBeside, isPrimaryCareIn } from "./maps/role-rows.ts";
import type { Built, Draft } from "./rows/draft.ts";
import { Scope } from "./rows/scope.ts";
import type { Group } from "./structure/group.ts";
import { warnings } from "./warnings.ts";

/** What is to be said of a message as a whole. */
export function messageWarnings(draft: Draft, root: Group): readonly Problem[] {
  const scope = new Scope(draft, root);
  const [, ...others] = root.groups.filter(({ name }) => name === "patient");
  return [
    ...typeWarnings(scope),
    ...others.map((group) => warnings.severalPatients(group.at)),
    ...mergeWarnings(scope, root),
    ...chargeWarnings(draft, root),
    ...root.groups.flatMap((group) => roleWarnings(draft, group)),
  ];
}

function typeWarnings(scope: Scope): readonly Problem[] {
  const family = scope.text("MSH-9.1") ?? "";
  const event = scope.text("MSH-9.2");
  if (families.has(family)) return [];
  return [warnings.typeNotMapped(event === undefined ? family : `${family}^${event}`)];
}

/**
 * An MRG that only names an earlier account says it all, and so does one with an account where the
 * event merges accounts; any other stands for a move or a merge.
 */
function mergeWarnings(scope: Scope, root: Group): readonly Problem[] {
  if (isMerge({ scope })) return [];
  const isOfAccounts = isEventIn("account-merge-event")({ scope }, {});
  const others = [1, 4, 5];
  return root
    .segmentsBelow("MRG")
    .filter((segment) => !isOfAccounts || segment.field(3).isEmpty)
    .filter((segment) => others.some((number) => !segment.field(number).isEmpty))
    .map((segment) => warnings.mergeNotMapped(segment.at));
}

function chargeWarnings(draft: Draft, root: Group): readonly Problem[] {
  return root.groups
    .flatMap(({ groups }) => groups)
    .filter((group) => group.name === "charge" && !isCharge({ scope: new Scope(draft, group) }))
    .map(({ at }) => warnings.noCharge(at));
}

/**
 * A patient and a visit are told in parts: where nobody is in a role any more, they say nothing of
 * it, and the record keeps who was.
 */
function roleWarnings(draft: Draft, patient: Group): readonly Problem[] {
  const taken = [...patient.segmentsBelow("ROL"), ...patient.segmentsBelow("PRT")].filter(
    (segment) => isDeletedBeside(segment.field(2)),
  );
  if (taken.length === 0) return [];
  const made = madeIn(draft, patient);
  const visits = made.filter(({ resourceType }) => resourceType === "Encounter");
  const isWithoutCare = !made.some((each) => "generalPractitioner" in each);
  const isUnattended = visits.length > 0 && !visits.some((visit) => "participant" in visit);
  return taken
    .filter((segment) => (isPrimaryCareIn(segment) ? isWithoutCare : isUnattended))
    .map(({ at }) => warnings.roleKept(at));
}

/** What a group and those inside it made, as it stands in the result. */
function madeIn(draft: Draft, group: Group): readonly Built["resource"][] {
  const own = group.made.flatMap(({ resource }) => draft.find(resource.id)?.resource ?? []);
  return [...own, ...group.groups.flatMap((inner) => madeIn(draft, inner))];
}

/** The families whose every segment of interest has a map. */
const families: ReadonlySet<string> = new Set([
  "ADT",
  "BAR",
  "DFT",
  "MDM",
  "MFN",
  "OMG",
  "OMI",
  "OML",
  "OMN",
  "OMP",
  "OMS",
  "ORF",
  "ORM",
  "ORU",
  "OUL",
  "PPR",
  "RAS",
  "RDE",
  "RDS",
  "RGV",
  "SIU",
  "SRM",
  "VXU",
]);
