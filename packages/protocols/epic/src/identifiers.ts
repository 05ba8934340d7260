/** One installation: whose it is, and which of the customer's environments. */
export interface Installation {
  /** The customer's number. */
  readonly customerId: number;
  readonly environment: "hosted" | "production" | "nonproduction";
}

/**
 * The system of a kind of number at an installation, such as that of record numbers.
 *
 * @returns `urn:oid:1.2.840.114350.1.13.<customer>.<environment>.<suffix>`
 */
export function systemAt(installation: Installation, kind: SystemKind): string {
  return `${systemRootAt(installation)}.${systemSuffixes[kind]}`;
}

/** What every system of an installation begins with. */
export function systemRootAt({ customerId, environment }: Installation): string {
  return `urn:oid:1.2.840.114350.1.13.${customerId}.${environmentNumbers[environment]}`;
}

/** 1 for one that Epic hosts, 2 for production, 3 for what is not. */
const environmentNumbers = { hosted: 1, production: 2, nonproduction: 3 } as const;

/**
 * What follows the root for each kind of number, code or record.
 *
 * The middle number says what it is: 2 a record of a master file, 3 and 5 identity types, 4 a
 * category, 10 a category that is used as a code.
 */
export const systemSuffixes = {
  /** The number by which organizations exchange a patient: CEID. */
  careEverywhereId: "7.3.688884.100",
  /** The enterprise number with its leading letter. */
  epic: "7.5.737384.0",
  /** The record number that FHIR shows; its type's text differs from site to site. */
  recordNumber: "7.5.737384.14",
  /** Patient record, outside and inside form. */
  patient: "7.2.698084",
  portalAccount: "7.2.878082",
  portalLogin: "7.3.878082.110",
  /** Contact serial number of an encounter. */
  encounter: "7.3.698084.8",
  hospitalAccount: "7.2.726582",
  order: "7.2.798268",
  /** Master list of what can be ordered. */
  orderable: "7.2.696580",
  surgery: "7.2.798069",
  procedureRecord: "7.2.798276",
  labComponent: "7.2.768282",
  immunization: "7.2.768076",
  note: "7.2.727879",
  scan: "7.2.686783",
  scanType: "7.4.686783.100",
  medication: "7.2.698288",
  medicationForm: "7.4.698288.310",
  user: "7.2.697780",
  department: "7.2.686980",
  flowsheetRow: "7.2.707679",
  flowsheetTemplate: "7.2.707684",
  /** Category of orders and results, such as "Lab". */
  orderCategory: "7.10.798268.30",
  encounterType: "7.10.698084.30",
  patientClass: "7.10.698084.10110",
  visitType: "7.2.808267",
  service: "7.10.698084.18886",
  noteType: "7.4.737880.5010",
  authorProviderType: "7.4.836982.1040",
  authorService: "7.4.836982.1050",
  departmentSpecialty: "7.10.686980.110",
  route: "7.4.798268.7025",
  immunizationDoseUnit: "7.10.768076.4019",
  immunizationRoute: "7.10.768076.4030",
  immunizationSite: "7.10.768076.4040",
  reasonForVisit: "7.2.728286",
  legalSex: "7.10.698084.130.657370.19999000",
  outcomeCode: "7.2.657369",
} as const;

export type SystemKind = keyof typeof systemSuffixes;

/** Systems that are the same at every installation. */
export const sharedSystems = {
  encounterClass: "urn:oid:1.2.840.114350.1.72.1.7.7.10.696784.13260",
  noteType: "urn:oid:1.2.840.114350.1.72.727879.69848980",
  document: "urn:oid:1.2.840.114350.1.72.3.15",
  specialty: "urn:oid:1.2.840.114350.1.72.1.7.7.10.688867.4150",
  flowsheetId: "http://open.epic.com/FHIR/StructureDefinition/observation-flowsheet-id",
  conditionCategory: "http://open.epic.com/FHIR/StructureDefinition/condition-category",
  doseRateType: "http://epic.com/CodeSystem/dose-rate-type",
  /** A patient's id in the interface of DSTU2. */
  patientDstu2Id: "http://open.epic.com/FHIR/StructureDefinition/patient-dstu2-fhir-id",
  /** A patient's id in the interfaces of STU3 and R4. */
  patientId: "http://open.epic.com/FHIR/StructureDefinition/patient-fhir-id",
  labAccession: "https://open.epic.com/FHIR/0/order-accession-number/Beaker",
} as const;

/** The address of one of Epic's own extensions by its short name, such as `legal-sex`. */
export function extensionUrl(name: string): string {
  return `http://open.epic.com/FHIR/StructureDefinition/extension/${name}`;
}
