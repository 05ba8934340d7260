import type { CodeableConcept, Coding } from "@trestle/fhir";
import { composite } from "../rows/composite.ts";
import { type Part, textIn, textOf } from "../rows/part.ts";
import { recurring } from "../rows/recurring.ts";
import type { Converter, Row } from "../rows/row.ts";
import { asToken, codingOf, localSystem, lookUp } from "./code.ts";

/**
 * CE, CWE, CNE, IS: the coding of the row's table first, then what was sent, in every coding
 * system that it was sent in. A bare code or word that the table explains stays as the text only.
 *
 * @see HL7 v2.8.2, chapter 2.A.14 (CWE)
 */
export const cwe = recurring(
  composite<CodeableConcept>("CWE", [
    { to: "coding[]", id: "mapped", from: 0, as: tableCoding, table: "*" },
    { to: "coding[]", id: "sent", from: 0, as: sentCoding(1, 7), table: "*" },
    { to: "coding[]", id: "alternate", from: 0, as: sentCoding(4, 8), table: "*" },
    { to: "coding[]", id: "secondAlternate", from: 0, as: sentCoding(10, 13), table: "*" },
    { to: "text", from: [9, 2, 5, 1] },
  ]),
);

/** A concept only where the table has a row for the code; never a warning. */
export const tableConcept = recurring((part, scope, lookup) => {
  const row = lookUp(part, scope, { ...lookup, isPartial: true });
  return row === undefined || row.status === "not mapped on purpose"
    ? undefined
    : { coding: [codingOf(row)] };
});

/** ST where FHIR wants a concept. */
export const textConcept = recurring(composite<CodeableConcept>("ST", [{ to: "text", from: 0 }]));

function tableCoding(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const row = lookUp(part, scope, lookup);
  return row === undefined || row.status === "not mapped on purpose" ? undefined : codingOf(row);
}

/** The coding whose code, text and system begin at this component, and its version. */
function sentCoding(first: number, version: number): Converter {
  const sent = composite<Coding>(`CWE.${first}`, codingRows(first, version));
  return (part, scope, lookup) => {
    if (textIn(part, first) === undefined) return undefined;
    // The table explains the first code alone, and what it explains needs no version.
    const isBare = first === 1 && [first + 2, version].every((each) => !textIn(part, each));
    if (isBare && isExplained(part, scope, lookup)) return undefined;
    return sent(part, scope, lookup);
  };
}

/**
 * The table has the code itself; one that it has only the words of stays beside what they mean, and
 * so does one that it leaves as it is on purpose.
 */
function isExplained(...[part, scope, { table }]: Parameters<Converter>): boolean {
  const local = textIn(part, 1);
  if (table === undefined || local === undefined) return false;
  const row = scope.draft.site.tables.find(table, local);
  return row !== undefined && row.status !== "not mapped on purpose";
}

function codingRows(first: number, version: number): readonly Row<keyof Coding>[] {
  return [
    { to: "system", from: first + 2, as: codeSystem },
    { to: "system", id: "local", from: first, as: fieldSystem, table: "*" },
    { to: "version", from: version },
    { to: "code", from: first, as: asToken },
    { to: "display", from: first + 1 },
  ];
}

/** The URI of a coding system by its name in HL7 table 0396, or by what the site calls it. */
export function codeSystem(...[part, scope]: Parameters<Converter>): string {
  const name = textOf(part) ?? "";
  const row = scope.draft.site.tables.find("code-systems", name);
  if (row !== undefined) return row.system;
  const number = /^HL7(?<number>\d{4})$/u.exec(name)?.groups?.["number"];
  if (number !== undefined) return `http://terminology.hl7.org/CodeSystem/v2-${number}`;
  return localSystem(scope, name);
}

/** A code without a system is one of the table that explains it, which may say of which; or of its field. */
function fieldSystem(...[part, scope, { table }]: Parameters<Converter>): unknown {
  const row = table && scope.draft.site.tables.find(table, textOf(part) ?? "");
  const isNamed = row && row.status === "not mapped on purpose" && row.system !== "";
  return isNamed ? row.system : localSystem(scope, table ?? fieldOf(part));
}

function fieldOf(part: Part): string {
  return part.at.replace(/(?:\[\d+\])?-(?<field>\d+).*$/u, "-$<field>");
}
