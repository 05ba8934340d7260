import type { Share } from "./statistics.ts";

/** What a probe found at a site. Holds no patient data; examples are kept apart. */
export interface ProbeReport {
  readonly id: string;
  readonly site: string;
  readonly environment: string;
  /** Of the configuration that said what is needed. */
  readonly revision: string;
  /** Milliseconds since 1970 UTC. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Who asked for it, as the access record names them. */
  readonly startedBy: string;
  readonly end: ProbeEnd;
  readonly sample: SampleReport;
  readonly requests: { readonly made: number; readonly limit: number };
  readonly server: ServerReport;
  readonly searches: readonly SearchReport[];
  readonly elements: readonly ElementReport[];
  /** The report that this one was compared with; absent on the first of a site. */
  readonly before?: { readonly id: string; readonly endedAt: number; readonly software: string };
}

/** `whole`: everyone in the sample was asked about. Of the others only what had been seen counts. */
export type ProbeEnd = "whole" | "stopped" | "requestsSpent" | "timeSpent";

/** Who was asked about, and how they were chosen. */
export interface SampleReport {
  readonly how: "record" | "list" | "group";
  /** In words, for who reads the report. */
  readonly words: string;
  readonly seed: number;
  /** From how many they were chosen. */
  readonly candidates: number;
  readonly chosen: number;
  /** At the site. */
  readonly found: number;
  readonly notFound: number;
  /** How many of those who were found were asked about to the end. */
  readonly asked: number;
}

export interface ServerReport {
  readonly software: string;
  readonly fhirVersion: string;
  readonly dialect: string;
  readonly scopes: { readonly missing: readonly string[] };
  /** Why the site could not be asked at all. */
  readonly problem?: Words;
}

export interface Words {
  readonly code: string;
  readonly text: string;
  readonly hint: string;
}

/** One search that elements were looked for by. */
export interface SearchReport {
  readonly resource: string;
  readonly among?: string;
  /** How resources of this type come: searched by patient, or read where others refer to them. */
  readonly by: "patient" | "reference";
  readonly patients: number;
  readonly patientsWithAny: number;
  readonly resources: number;
}

/** A refusal of the site, and for how many of the patients who were asked about. */
export interface Refusal {
  readonly kind: string;
  /** The site's own code, such as 59204; empty where it gave none. */
  readonly code: string;
  readonly text: string;
  readonly hint: string;
  /** What the site would have to grant, by the names that it uses. */
  readonly apis: readonly string[];
  /** Whether data came all the same. */
  readonly isPart: boolean;
  readonly patients: number;
}

/** One kind of thing that was looked at in the values. */
export interface Check {
  readonly what: CheckName;
  readonly share: Share;
  /** For references: those that could not be followed, by lack of a scope. */
  readonly unchecked?: number;
}

/** What can be wrong with a value. `share` counts those with which it is. */
export type CheckName =
  | "system"
  | "table"
  | "valueSet"
  | "code"
  | "unit"
  | "date"
  | "period"
  | "reference";

export interface ElementReport {
  readonly name: string;
  readonly type: "fhir" | "hl7";
  /** Resource type, or type of message. */
  readonly of: string;
  readonly among?: string;
  /** FHIRPath or field. */
  readonly at: string;
  readonly access: "read" | "write";
  readonly need: "required" | "useful";
  readonly minFill: number;
  readonly exists: "yes" | "no" | "unknown";
  readonly permitted: "yes" | "inPart" | "no" | "unknown";
  readonly refusals: readonly Refusal[];
  readonly populated: {
    readonly verdict: "yes" | "no" | "tooFew" | "unknown";
    /** Of the records in which it might stand. */
    readonly share: Share;
    /** About how many patients would tell; only where these are too few. */
    readonly patientsToTell?: number;
  };
  readonly good: {
    readonly verdict: "yes" | "no" | "unknown";
    readonly checks: readonly Check[];
    /** Of the newest record that has it; milliseconds since 1970 UTC. */
    readonly newestAt?: number;
  };
  /** By which method else it comes, or may. */
  readonly elsewhere: readonly Elsewhere[];
  /** The same patients over HL7, where the hub has heard of them. */
  readonly compared?: Comparison;
  readonly verdict: "good" | "finding" | "undecided";
  readonly findings: readonly Finding[];
}

export interface Elsewhere {
  readonly method: "hl7" | "fhir";
  /** Such as `ORU^R01`, or a resource type. */
  readonly by: string;
  /** Where it was measured. */
  readonly share?: Share;
}

/** What FHIR gives beside what HL7 told, of the same patients. */
export interface Comparison {
  readonly patients: number;
  /** How often it stands in what came over HL7. */
  readonly hl7: Share;
  /** Records that are the same by their identifier, and in how many of them the values differ. */
  readonly pairs: number;
  readonly differing: number;
  /** Records that only one of the two has. */
  readonly onlyFhir: number;
  readonly onlyHl7: number;
}

/** Something that a person must know. `bad` of what is required ends a probe with exit code 3. */
export interface Finding extends Words {
  readonly severity: "bad" | "remark";
}

/** A value that shows a finding. Patient data: kept in memory alone, and shown under audit. */
export interface Example {
  readonly element: string;
  readonly what: CheckName | "missing";
  /** `Observation/abc`, or a message of the journal. */
  readonly where: string;
  readonly value: string;
}
