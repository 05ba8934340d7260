import { type Elements, inside, listed } from "./elements.ts";

/**
 * What is known of a resource after a newer message about it.
 *
 * Messages of different families tell different parts: an ORU's PID is thinner than an ADT's. So
 * an element that the newer version has replaces the one we knew, and one that it does not have
 * stays. So it is with who works at a site and its places: a visit names them, a master file
 * describes them. An order is told once in full, and then only what became of it. Six elements are
 * more than a name and a value:
 * - `identifier` is united: the same system and value is replaced, others stay, new ones follow.
 * - `extension` is united by its definition; the reason of a status goes with the status.
 * - `status` stays where the newer message does not know it.
 * - Of a choice, such as `deceasedBoolean` and `deceasedDateTime`, only the newer stays.
 * - `_birthDate` belongs to `birthDate` and goes with it.
 * - `content` of a document that is only told of leaves the content that was sent before.
 *
 * Doing it twice changes nothing.
 *
 * @see HL7 v2.5.1, chapter 2, 2.10.4: a field that is not valued leaves the receiver's value as it is.
 */
export function withNewerElements(stored: Elements, newer: Elements): Elements {
  const extension = extensionsOf(stored, newer);
  const kept = Object.entries(stored).filter(([name]) =>
    name === "extension" ? extension.length > 0 : !isReplaced(name, newer),
  );
  const known = {
    ...Object.fromEntries(kept),
    ...newer,
    ...statusOf(stored, newer),
    ...(extension.length > 0 && { extension }),
    ...contentOf(stored, newer),
  };
  if (!Array.isArray(stored["identifier"]) || !Array.isArray(newer["identifier"])) return known;
  return { ...known, identifier: united(stored["identifier"], newer["identifier"]) };
}

/** Whether messages tell of this type in parts. Every other type is replaced as a whole. */
export function isToldInParts(resourceType: string): boolean {
  return toldInParts.has(resourceType);
}

function isReplaced(name: string, newer: Elements): boolean {
  if (name in newer) return false;
  if (name.startsWith("_")) return name.slice(1) in newer;
  const choice = choices.find((stem) => name.startsWith(stem));
  return choice !== undefined && Object.keys(newer).some((other) => other.startsWith(choice));
}

/** A status that says that nobody knows it is no news of one that was known. */
function statusOf(stored: Elements, newer: Elements): Partial<Elements> {
  const isKnown = newer["status"] === "unknown" && stored["status"] !== undefined;
  return isKnown ? { status: stored["status"] } : {};
}

/** What was known by other definitions, then what is told now. */
function extensionsOf(stored: Elements, newer: Elements): readonly unknown[] {
  const told = listed(newer["extension"]);
  const replaced = new Set(told.map((each) => inside(each)["url"]));
  if (newer["status"] !== undefined && newer["status"] !== "unknown") replaced.add(statusReason);
  const kept = listed(stored["extension"]).filter((each) => !replaced.has(inside(each)["url"]));
  return [...kept, ...told];
}

/** The content that stays although the newer message tells of the document once more. */
function contentOf(stored: Elements, newer: Elements): Partial<Elements> {
  const isAnnounced = !listed(newer["content"]).some(hasContent);
  const isKnown = listed(stored["content"]).some(hasContent);
  return isAnnounced && isKnown ? { content: stored["content"] } : {};
}

function hasContent(content: unknown): boolean {
  const { data, url } = inside(inside(content)["attachment"]);
  return data !== undefined || url !== undefined;
}

function united(stored: readonly unknown[], newer: readonly unknown[]): unknown[] {
  const byKey = new Map<string, unknown>();
  for (const identifier of [...stored, ...newer]) byKey.set(keyIn(identifier), identifier);
  return [...byKey.values()];
}

function keyIn(identifier: unknown): string {
  const { system, value } = inside(identifier);
  return JSON.stringify([system, value]);
}

const toldInParts = new Set([
  "Account",
  "Coverage",
  "DocumentReference",
  "Encounter",
  "EpisodeOfCare",
  "Location",
  "Organization",
  "Patient",
  "Practitioner",
  "RelatedPerson",
  "ServiceRequest",
]);

const statusReason = "http://hl7.org/fhir/StructureDefinition/request-statusReason";

/** The choices among the elements of those types. */
const choices = ["asNeeded", "deceased", "multipleBirth", "occurrence", "quantity"];
