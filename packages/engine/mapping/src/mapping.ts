import type { Phi, Problem } from "@trestle/base";
import type { Bundle } from "@trestle/fhir";
import type { Hl7Message } from "@trestle/hl7v2";
import type { CodeTables } from "./tables/code-tables.ts";
import type { RowUses } from "./row-uses.ts";
import type { SiteMaps } from "./overlay/site-maps.ts";
import type { UnmappedPolicies } from "./unmapped-policy.ts";
import type { ValueSets } from "./value-sets.ts";

/** What the mapping must know about the site a message came from. */
export interface MappingSite {
  /** The site's name in the configuration, such as `lakeshore`. */
  readonly id: string;
  /** IANA name; a time without offset is meant in it. */
  readonly timeZone: string;
  readonly tables: CodeTables;
  /** The base maps that the site has changed. */
  readonly maps?: SiteMaps | undefined;
  /** By name, its codes that are of a set; routes ask for them. None is filled where left out. */
  readonly valueSets?: ValueSets | undefined;
  /** What becomes of codes without a row; all are passed on where left out. */
  readonly unmapped?: UnmappedPolicies | undefined;
  /** Counts the rows that messages use; `countingSite` makes it. */
  readonly uses?: RowUses | undefined;
}

/**
 * A site of which the time zone may be unknown. Then a time without offset has the offset of MSH-7,
 * and where that has none either, it is meant in UTC.
 */
export type SiteToMap = Omit<MappingSite, "timeZone"> & Partial<Pick<MappingSite, "timeZone">>;

/** A patient as messages name it. `key` is `system|value` of the identifier the site ranks first. */
export interface PatientIdentity {
  /** The id of its Patient in the bundle; absent where nothing was mapped of it. */
  readonly resourceId?: string;
  readonly key: Phi<string>;
  readonly identifiers: readonly Phi<string>[];
}

/** A further patient of a message and, for a merge, the one that is no more. */
export interface OtherPatient {
  readonly patient: PatientIdentity;
  readonly merged?: PatientIdentity;
}

/** A code that has no row in its table. */
export interface UnmappedCode {
  readonly table: string;
  /** As it was sent; empty where that is not short and plain, for it might be a name in the wrong field. */
  readonly local: string;
  /** The field, `OBX-3`, without repetition or number. */
  readonly field: string;
}

/** What a message maps to. */
export interface Mapped {
  readonly outcome: "mapped" | "mappedWithWarnings" | "notMapped";
  /** A `collection` of R4 resources with stable ids; empty where nothing was mapped. */
  readonly bundle: Phi<Bundle>;
  /** Whom the message is about; absent where it names nobody. */
  readonly patient?: PatientIdentity;
  /** For a merge: the patient that is no more. */
  readonly merged?: PatientIdentity;
  /** Where a message names several patients: those behind the first. */
  readonly others?: readonly OtherPatient[];
  /** Codes without a row, dates that are none, fields that could not be read. No patient data. */
  readonly warnings: readonly Problem[];
  /** What each of the warnings about codes without a row is about. No patient data. */
  readonly unmappedCodes: readonly UnmappedCode[];
}

/** Where one value of the result came from. */
export interface Source {
  /** Path in the bundle, `entry[0].resource.name[0].family`. */
  readonly path: string;
  /** The field, `PID-5.1`; absent for a value that no field gave. */
  readonly field?: string;
  /** The row of the map, `patient.birthDate`, which a site's overlay can replace or remove. */
  readonly by?: string;
  /** The code table and its row, `gender: F`, where one decided. */
  readonly row?: string;
  /** The rule in words where neither says enough, such as `constant` or `from the message type`. */
  readonly rule?: string;
}

/** A mapping with the source of each value. */
export interface Explained extends Mapped {
  /** One for each leaf of the bundle, in its order. */
  readonly sources: readonly Source[];
}

/** HL7 v2 to FHIR R4: pure, the same result for the same message, site and revision. */
export interface Mapper {
  map(message: Hl7Message, site: SiteToMap): Mapped;
  /** As `map`, several times slower. */
  explain(message: Hl7Message, site: SiteToMap): Explained;
}
