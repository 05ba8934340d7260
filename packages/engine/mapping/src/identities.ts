import { phi } from "@trestle/base";
import { isMerge, mergedPlaces } from "./maps/merged-patient.ts";
import { patientKeys, patientPlaces } from "./maps/patient-identity.ts";
import type { Mapped, OtherPatient, PatientIdentity } from "./mapping.ts";
import type { Draft } from "./rows/draft.ts";
import { Scope } from "./rows/scope.ts";
import type { Group } from "./structure/group.ts";

/**
 * Whom a message is about, and for a merge who is no more. Of several patients the first counts;
 * the others stand behind, for a merge may come with several pairs of PID and MRG.
 *
 * @see HL7 v2.8.2, chapter 3.3.40 (A40)
 */
export function identitiesOf(
  draft: Draft,
  root: Group,
): Pick<Mapped, "patient" | "merged" | "others"> {
  const around = new Scope(draft, root);
  const [first, ...rest] = root.groups
    .filter(({ name }) => name === "patient")
    .map((group) => new Scope(draft, group, around));
  if (first === undefined) return {};
  const others = rest.flatMap((scope) => otherIn(scope, first));
  return { ...identitiesIn(first), ...(others.length > 0 && { others }) };
}

/** Another patient, or one whom the first replaces as well. */
function otherIn(scope: Scope, first: Scope): readonly OtherPatient[] {
  const { patient, merged } = identitiesIn(scope);
  const [one, other] = [first, scope].map((each) => patientKeys(each, patientPlaces)?.first.value);
  if (patient === undefined || (one === other && merged === undefined)) return [];
  return [{ patient, ...(merged && { merged }) }];
}

function identitiesIn(scope: Scope): Partial<OtherPatient> {
  const patient = identity(scope, patientPlaces);
  const merged = isMerge({ scope }) ? identity(scope, mergedPlaces) : undefined;
  return { ...(patient && { patient }), ...(merged && { merged }) };
}

function identity(scope: Scope, places: readonly string[]): PatientIdentity | undefined {
  const keys = patientKeys(scope, places);
  if (keys === undefined) return undefined;
  const { draft, group } = scope;
  const id = draft.idOf("Patient", [keys.first.value]);
  const isMade = group.made.some(({ resource }) => resource.id === id);
  return {
    ...(isMade && { resourceId: id }),
    key: phi(keys.first.value),
    identifiers: keys.all.map((key) => phi(key)),
  };
}
