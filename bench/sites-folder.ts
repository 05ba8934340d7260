import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** How large a generated folder is. */
export interface FolderSize {
  readonly sites: number;
  readonly tables: number;
  readonly rows: number;
}

/** An integration folder that was generated, and passes `trestle check`. */
export interface GeneratedFolder {
  readonly path: string;
  /** Bytes of all its files. */
  readonly bytes: number;
  remove(): void;
}

/**
 * An integration of many sites: each with release, identifiers, pathways, two environments with a
 * feed and a FHIR server, and code tables. Every second table of units has units of its own.
 */
export function sitesFolder({ sites, tables, rows }: FolderSize): GeneratedFolder {
  const path = mkdtempSync(join(tmpdir(), "trestle-sites-"));
  let bytes = 0;
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
    bytes += Buffer.byteLength(text);
  };
  for (const [file, text] of Object.entries(shared)) write(file, text);
  const withUnits = tables - 2 * sites;
  const unitRows = withUnits * units.length;
  const left = rows - sites * identifiers.length - unitRows;
  for (let site = 0; site < sites; site += 1) {
    const folder = `sites/${nameOf(site)}`;
    const count = Math.floor(left / sites) + (site < left % sites ? 1 : 0);
    write(`${folder}/site.yaml`, siteFile(site));
    write(`${folder}/tables/identifiers.csv`, csv(identifiersOf(site)));
    write(`${folder}/tables/observation-code.csv`, csv(observations(site, count)));
    if (site < withUnits) write(`${folder}/tables/units.csv`, csv(unitsOf(site)));
  }
  return { path, bytes, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The name of the site of a number. */
export function nameOf(site: number): string {
  return `site-${site}`;
}

/** A local code of a site's observations, by the row's number. */
export function localCode(site: number, row: number): string {
  return `LAB${site}-${row}`;
}

function siteFile(site: number): string {
  const name = nameOf(site);
  return `title: Health System ${site}
release:
  version: May 2026
  cadence: quarterly
  upgrades:
    2027-02-15: February 2027
identifiers:
  medicalRecordNumber: urn:oid:1.2.3.${site}.1
  visitNumber: urn:oid:1.2.3.${site}.2
pathways:
  Patient: { method: fhir }
  Observation: { method: hl7v2, channel: all-in, note: The laboratory's own feed is faster. }
holidays:
  2026-12-25: Christmas Day
fhir:
  maxOpenSearches: 100
  maxConcurrent: 4
environments:
  nonproduction:
    feeds:
      - listener: hospitals
        channels: [all-in]
        sendingFacilities: [${name}-test]
    fhir:
      baseUrl: https://fhir.${name}.example/test/api/FHIR/R4
      clientId: 00000000-0000-4000-8000-${String(site).padStart(12, "0")}
  production:
    feeds:
      - listener: hospitals
        channels: [all-in]
        sendingFacilities: [${name}]
    fhir:
      baseUrl: https://fhir.${name}.example/api/FHIR/R4
      clientId: 00000000-0000-4000-9000-${String(site).padStart(12, "0")}
`;
}

type Row = readonly [local: string, display: string, system: string, code: string];

function csv(rows: readonly Row[]): string {
  const lines = rows.map((row) => `${row.map(cell).join(",")},mapped,`);
  return `local,display,system,code,status,note\n${lines.join("\n")}\n`;
}

function cell(text: string): string {
  return /[",]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function identifiersOf(site: number): readonly Row[] {
  return identifiers.map(([local, display, code], index) => [
    local,
    display,
    `urn:oid:1.2.3.${site}.${index + 1}`,
    code,
  ]);
}

function observations(site: number, count: number): readonly Row[] {
  return Array.from({ length: count }, (_, row) => [
    localCode(site, row),
    `Component ${row}, as site ${site} calls it`,
    "http://loinc.org",
    loinc(1000 + ((site * 7919 + row * 131) % 98_000)),
  ]);
}

function unitsOf(site: number): readonly Row[] {
  return units.map((unit, index) => [
    `U${site}-${index}`,
    `unit ${index}`,
    "http://unitsofmeasure.org",
    unit,
  ]);
}

/** Counted by hand and not by the product, which is to check it. */
function loinc(number: number): string {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
  const sum = Array.from(String(number), Number)
    .toReversed()
    .reduce((total, digit, place) => total + (place % 2 === 0 ? (doubled[digit] ?? 0) : digit), 0);
  return `${number}-${(10 - (sum % 10)) % 10}`;
}

const identifiers = [
  ["MR", "Medical record number", "MR"],
  ["VN", "Visit number", "VN"],
  ["AN", "Account number", "AN"],
  ["PI", "Internal number", "PI"],
] as const;

/** Units of UCUM: bases of all kinds over bases of all kinds. */
const units = ["mg", "g", "ug", "ng", "mmol", "umol", "nmol", "[IU]", "meq", "10*3"].flatMap(
  (top) => ["dL", "L", "mL", "uL", "kg", "h", "min", "d"].map((below) => `${top}/${below}`),
);

const shared: Readonly<Record<string, string>> = {
  "trestle.yaml": `http:
  port: 0
listeners:
  hospitals:
    type: mllp
    port: 0
`,
  "integration.yaml": `title: Many sites
scopes: [system/Patient.rs, system/Observation.rs?category=laboratory]
elements:
  Patient: [identifier, name, birthDate]
defaults:
  timeZone: America/Chicago
`,
  "channels/all-in.yaml": `title: Everything
source:
  type: mllp
  listener: hospitals
accepts: ["*"]
routes:
  - to: application
`,
  "destinations/application.yaml": `type: webhook
url: http://127.0.0.1:9/
`,
};
