import { isMod10, isVerhoeff } from "./check-digits.ts";
import { isUcum } from "./ucum.ts";

/** A code system that somebody else publishes: its name, and how its codes look. */
export interface PublishedSystem {
  readonly name: string;
  /** Whether a text can be one of its codes. Whether it is one, only the publisher's list can say. */
  readonly canBe: (code: string) => boolean;
  readonly hint: string;
}

/** By URI, the code systems that R4 does not carry and that hospitals' codes are translated to. */
export const publishedSystems: ReadonlyMap<string, PublishedSystem> = new Map([
  [
    "http://loinc.org",
    {
      name: "LOINC",
      // Answers, groups and parts count their check digits otherwise.
      canBe: (code) =>
        /^L[AGP]\d{1,7}-\d$/u.test(code) ||
        (/^\d{1,7}-\d$/u.test(code) && isMod10(code.replace("-", ""))),
      hint: "A LOINC code is digits, a hyphen and a check digit that follows from them: 2823-3.",
    },
  ],
  [
    "http://snomed.info/sct",
    {
      name: "SNOMED CT",
      canBe: (code) => isExpression(code) || isConcept(code),
      hint: "A concept of SNOMED CT has 6 to 18 digits, the last of which checks the others: 38341003.",
    },
  ],
  [
    "http://unitsofmeasure.org",
    {
      name: "UCUM",
      canBe: isUcum,
      hint: "Capitals count in UCUM, and counts stand in braces: mg/dL, 10*3/uL, {score}.",
    },
  ],
  ["http://www.nlm.nih.gov/research/umls/rxnorm", shaped("RxNorm", /^\d{1,8}$/u, "1049221")],
  ["http://hl7.org/fhir/sid/cvx", shaped("CVX", /^\d{1,3}$/u, "207")],
  ["http://terminology.hl7.org/CodeSystem/MVX", shaped("MVX", /^[A-Z]{2,4}$/u, "PFR")],
  ["http://hl7.org/fhir/sid/mvx", shaped("MVX", /^[A-Z]{2,4}$/u, "PFR")],
  [
    "http://hl7.org/fhir/sid/ndc",
    shaped("NDC", /^(?:\d{4,5}-\d{3,4}(?:-\d{1,2})?|\d{9,11})$/u, "0002-8215-01"),
  ],
  [
    "http://hl7.org/fhir/sid/icd-10-cm",
    shaped("ICD-10-CM", /^[A-Z]\d[\dA-Z](?:\.[\dA-Z]{1,4})?$/u, "E11.9"),
  ],
  ["http://hl7.org/fhir/sid/icd-10", shaped("ICD-10", /^[A-Z]\d{2}(?:\.[\dA-Z]{1,2})?$/u, "E11.9")],
  [
    "http://hl7.org/fhir/sid/icd-9-cm",
    shaped("ICD-9-CM", /^(?:\d{3}|V\d{2}|E\d{3})(?:\.\d{1,2})?$|^\d{2}\.\d{1,2}$/u, "250.00"),
  ],
  [
    "http://www.cms.gov/Medicare/Coding/ICD10",
    shaped("ICD-10-PCS", /^[\dA-HJ-NP-Z]{7}$/u, "0DTJ4ZZ"),
  ],
  ["http://www.ama-assn.org/go/cpt", shaped("CPT", /^\d{4}[\dA-Z]$/u, "99213")],
  [
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    shaped("HCPCS", /^[A-V]\d{4}$/u, "J1100"),
  ],
  ["urn:oid:2.16.840.1.113883.6.238", shaped("CDC race and ethnicity", /^\d{4}-\d$/u, "2106-3")],
  ["http://nucc.org/provider-taxonomy", shaped("NUCC taxonomy", /^[\dA-Z]{9}X$/u, "207R00000X")],
  ["http://fdasis.nlm.nih.gov", shaped("UNII", /^[\dA-Z]{10}$/u, "362O9ITL9D")],
  ["urn:iso:std:iso:11073:10101", shaped("ISO 11073-10101", /^\d+$/u, "150456")],
  ["urn:ietf:bcp:13", shaped("media types", /^[\w.+-]+\/[\w.+-]+(?:;.*)?$/u, "text/plain")],
  ["urn:ietf:bcp:47", { name: "BCP 47", canBe: isLanguage, hint: "A language is written en-US." }],
]);

function shaped(name: string, shape: RegExp, example: string): PublishedSystem {
  return {
    name,
    canBe: (code) => shape.test(code),
    hint: `A code of ${name} looks like ${example}.`,
  };
}

/** Post-coordinated: concepts with what refines them. */
function isExpression(code: string): boolean {
  return /^\d{6,18}\s*(?:\|[^|]*\|\s*)?[:+]/u.test(code);
}

/** The two digits before the check digit tell concepts from descriptions and relationships. */
function isConcept(code: string): boolean {
  return /^\d{3,15}[01]0\d$/u.test(code) && isVerhoeff(code);
}

function isLanguage(code: string): boolean {
  try {
    return Intl.getCanonicalLocales(code).length === 1;
  } catch {
    return false;
  }
}
