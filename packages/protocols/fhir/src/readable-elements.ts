/** Where in a resource a value stands, as far as it decides who may read it. */
export interface Standing {
  /** Of the element, or of the list that it is an item of. */
  readonly key: string;
  /** Inside a resource that is not about a patient. */
  readonly isWhole: boolean;
  /** Where a code is a fact about a person. */
  readonly isPerson: boolean;
}

/** Where a resource of this type begins; of what is no resource, nothing is known. */
export function standingIn(resourceType: string): Standing {
  return {
    key: "",
    isWhole: wholeResources.has(resourceType),
    isPerson: personResources.has(resourceType),
  };
}

/** Where the element of a key stands inside of another, or of a resource. */
export function standingBelow(above: Standing, key: string): Standing {
  const isKind = above.key === "type" || above.key === codingOfType;
  return {
    key: key === "coding" && isKind ? codingOfType : key,
    isWhole: above.isWhole,
    isPerson: (above.isPerson && !isKind) || isResult(key),
  };
}

/**
 * Whether a value says nothing about a patient: types, ids, systems, codes and states do not. In a
 * patient and their relations, and in results, codes do, except those that say what kind of thing
 * an identifier or name is: there a code is a fact about a person, such as their language or a
 * finding.
 */
export function isReadable({ key, isWhole, isPerson }: Standing): boolean {
  return isWhole || always.has(key) || (!isPerson && codes.has(key));
}

/** What was measured or found, as OBX-5 and OBX-8 say it. */
function isResult(key: string): boolean {
  return key === "interpretation" || /^value[A-Z]/u.test(key);
}

const codingOfType = "coding-of-type";

const always = new Set([
  "resourceType",
  "id",
  "fullUrl",
  "reference",
  "system",
  "url",
  "use",
  "type",
  "profile",
  "lastUpdated",
  "versionId",
  "status",
  "mode",
  "rank",
]);

const codes = new Set(["code", "intent", "priority", "criticality", "category", "unit"]);

const wholeResources = new Set(["Location", "Organization"]);
const personResources = new Set(["Patient", "RelatedPerson"]);
