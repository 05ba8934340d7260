import type { Problem } from "@trestle/base";
import { problems } from "./problems.ts";
import { otherVisit } from "./one-visit.ts";
import { type ResourceIndex, typeOf } from "./resource-index.ts";
import type { Node } from "./rows/node.ts";

/** The Patient that a resource is about; undefined where the bundle does not hold it. */
export function subjectOf(resource: Node, resources: ResourceIndex): Node | undefined {
  if (typeOf(resource) === "Patient") return resource;
  for (const reference of subjectReferences(resource)) {
    const found = resources.follow(reference);
    if (found === undefined || typeOf(found) !== "Patient") continue;
    reference.use();
    return found;
  }
  return undefined;
}

/**
 * Every resource of the bundle that is about a patient or a visit other than that of the message,
 * whether it would be written or not: a bundle of two patients is a mistake that must not be guessed
 * at.
 */
export function strangers(resources: ResourceIndex, focus: Node): readonly Problem[] {
  const patient = subjectOf(focus, resources);
  const [own] = subjectReferences(focus);
  return resources.all.flatMap((resource) => {
    if (typeOf(resource) === "Patient") {
      const isOther = patient !== undefined && resource.path !== patient.path;
      return isOther ? [problems.otherPatient(resource.path)] : [];
    }
    const references = subjectReferences(resource);
    const others = references.filter((each) => !isSame(each, { resources, patient, own }));
    if (others.length > 0) return [problems.otherPatient(resource.path)];
    for (const each of references) each.use();
    return otherVisit(resource, focus, resources);
  });
}

/** Whom the message is about: in the bundle, or only as a reference says. */
interface Whom {
  readonly resources: ResourceIndex;
  readonly patient: Node | undefined;
  readonly own: Node | undefined;
}

function isSame(reference: Node, { resources, patient, own }: Whom): boolean {
  const found = resources.follow(reference);
  if (found !== undefined) {
    if (typeOf(found) !== "Patient" || patient !== undefined) return found.path === patient?.path;
    return false;
  }
  const written = reference.peek("reference");
  const [number] = reference.children("identifier");
  if (patient !== undefined)
    return number === undefined ? written === undefined : hasNumber(patient, number);
  return written === own?.peek("reference") && keyOf(number) === keyOf(own?.child("identifier"));
}

function hasNumber(patient: Node, number: Node): boolean {
  return patient.children("identifier").some((each) => keyOf(each) === keyOf(number));
}

function keyOf(identifier: Node | undefined): string {
  return `${identifier?.peek("system") ?? ""}|${identifier?.peek("value") ?? ""}`;
}

/** Where resources name their patient. An appointment names it among those who take part. */
function subjectReferences(resource: Node): readonly Node[] {
  const names = ["subject", "patient", "beneficiary"];
  const direct = names.flatMap((name) => resource.children(name)).filter(isAboutPatient);
  if (typeOf(resource) !== "Appointment") return direct;
  const actors = resource.along(["participant", "actor"]);
  return [...direct, ...actors.filter((each) => isNamedPatient(each))];
}

/** A subject may also be a group, a device or a place. */
function isAboutPatient(reference: Node): boolean {
  const written =
    reference.peek("type") ??
    /(?<type>[A-Z]\w+)\/[^/]+$/u.exec(reference.peek("reference") ?? "")?.[1];
  return written === undefined || written === "Patient";
}

function isNamedPatient(reference: Node): boolean {
  return (
    reference.peek("type") === "Patient" ||
    /(?:^|\/)Patient\/[^/]+$/u.test(reference.peek("reference") ?? "")
  );
}
