import type { CodeableConcept, Coding } from "@trestle/fhir";

/** Systems of codes that everybody shares. */
export const codeSystems = {
  snomed: "http://snomed.info/sct",
  loinc: "http://loinc.org",
  icd9: "http://hl7.org/fhir/sid/icd-9-cm",
  icd10: "http://hl7.org/fhir/sid/icd-10-cm",
  rxNorm: "http://www.nlm.nih.gov/research/umls/rxnorm",
  cvx: "http://hl7.org/fhir/sid/cvx",
  ndc: "http://hl7.org/fhir/sid/ndc",
  cpt: "http://www.ama-assn.org/go/cpt",
  ucum: "http://unitsofmeasure.org",
  npi: "http://hl7.org/fhir/sid/us-npi",
  /** The vendor of problem terms. */
  problemTerm: "urn:oid:2.16.840.1.113883.3.247.1.1",
} as const;

export function coding(system: string, code: string, display?: string): Coding {
  return display === undefined ? { system, code } : { system, code, display };
}

/** A concept that says what its first coding says, where no other text is given. */
export function concept(codings: readonly Coding[], text?: string): CodeableConcept {
  const said = text ?? codings[0]?.display;
  return { coding: [...codings], ...(said === undefined ? {} : { text: said }) };
}

/** A coding of one of HL7's own code systems, with its display. */
export function hl7Coding(name: string, code: string, display?: string): Coding {
  return coding(`http://terminology.hl7.org/CodeSystem/${name}`, code, display);
}

/**
 * A name as people write it, from one in capitals: `O'Bristow`, `De La Fontaine`,
 * `Muñoz-Peña`.
 */
export const inTitleCase = remembering((name) =>
  name.toLowerCase().replaceAll(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase()),
);

/** A name of the hospital's catalogue, from one in capitals: `CBC with Platelets`. */
export const catalogueName = remembering((name) =>
  inTitleCase(name).replaceAll(/\p{L}+/gu, (word) => asHospitalsWrite.get(word) ?? word),
);

/** Most names are those of a catalogue and come again and again. */
function remembering(write: (name: string) => string): (name: string) => string {
  const written = new Map<string, string>();
  return (name) => {
    const known = written.get(name) ?? write(name);
    if (written.size < maxWritten) written.set(name, known);
    return known;
  };
}

const maxWritten = 10_000;

/** Short forms, and words that are no part of a name. */
const asHospitalsWrite: ReadonlyMap<string, string> = new Map([
  ["Cbc", "CBC"],
  ["Ekg", "EKG"],
  ["Hmo", "HMO"],
  ["Ppo", "PPO"],
  ["Tsh", "TSH"],
  ["With", "with"],
  ["Xr", "XR"],
]);
