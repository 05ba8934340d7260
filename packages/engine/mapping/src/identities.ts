import { phi } from "@trestle/base";
import { isMerge, mergedPlaces } from "./maps/merged-patient.ts";
import { patientKeys, patientPlaces } from "./maps/patient-identity.ts";
import type { Mapped, PatientIdentity } from "./mapping.ts";
import type { Draft } from "./rows/draft.ts";
import { Scope } from "./rows/scope.ts";
import type { Group } from "./structure/group.ts";

/** Whom a message is about, and for a merge who is no more. Of several patients, the first counts. */
export function identitiesOf(draft: Draft, root: Group): Pick<Mapped, "patient" | "merged"> {
  const group = root.groups.find(({ name }) => name === "patient");
  if (group === undefined) return {};
  const scope = new Scope(draft, group, new Scope(draft, root));
  const patient = identity(scope, patientPlaces);
  const merged = isMerge({ scope }) ? identity(scope, mergedPlaces) : undefined;
  return { ...(patient && { patient }), ...(merged && { merged }) };
}

function identity(scope: Scope, places: readonly string[]): PatientIdentity | undefined {
  const keys = patientKeys(scope, places);
  if (keys === undefined) return undefined;
  return { key: phi(keys.first.value), identifiers: keys.all.map((key) => phi(key)) };
}
