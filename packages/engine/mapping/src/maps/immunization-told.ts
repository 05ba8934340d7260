import type { ImmunizationEducation } from "@trestle/fhir";
import { beside, segmentOf } from "../datatypes/beside.ts";
import { dateTime } from "../datatypes/ts.ts";
import { wordsAndCode } from "../datatypes/words-and-code.ts";
import type { Draftable } from "../rows/draft.ts";
import { type Part, textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { warnings } from "../warnings.ts";
import { numberAs, roleOf, toldWith } from "./immunization-observation.ts";

/** A statement that was handed over: which, published when, presented when. */
export const education: Converter = (part, scope) => {
  const told = toldWith(part, scope, statementRoles);
  if (told === undefined) return undefined;
  const document = told.get("vis-document") ?? told.get("vis-vaccine");
  const made: ImmunizationEducation = {};
  write("documentType", document, wordsAndCode);
  write("publicationDate", told.get("vis-published"), dateTime);
  write("presentationDate", told.get("vis-presented"), dateTime);
  if (made.documentType !== undefined) return made;
  const facts = { type: "education of an Immunization", element: "document", at: part.at };
  scope.draft.warn(warnings.incomplete(facts));
  return undefined;

  function write(key: keyof ImmunizationEducation, source: Part | undefined, as: Converter) {
    const value = source && as(source, scope, {});
    if (source === undefined || typeof value !== "string") return;
    Object.assign(made, { [key]: value });
    scope.draft.trace?.note(made, key, { part: source });
  }
};

/** The series that a dose belongs to: its name, which dose of it this is, and of how many. */
export const protocol: Converter = (part, scope) => {
  const told = toldWith(part, scope, seriesRoles);
  if (told === undefined) return undefined;
  const made: Draftable = told.has("dose-number") ? {} : { ...noDoseNumber };
  for (const [role, write] of seriesElements) {
    const source = told.get(role);
    const piece = source === undefined ? {} : write(source);
    Object.assign(made, piece);
    if (source === undefined) continue;
    for (const key of Object.keys(piece)) scope.draft.trace?.note(made, key, { part: source });
  }
  return made;
};

/** The observation that was made of an OBX about a reaction. */
export function reaction(...[part, scope]: Parameters<Converter>): unknown {
  const segment = segmentOf(part);
  if (segment === undefined || roleOf(segment, scope) !== "reaction") return undefined;
  const detail = scope.group.holderOf(segment)?.made[0]?.reference;
  const moment = beside(14, dateTime)(part, scope, {});
  const made = { ...(typeof moment === "string" && { date: moment }), ...(detail && { detail }) };
  return Object.keys(made).length === 0 ? undefined : made;
}

function wordsOf(part: Part): string | undefined {
  return textIn(part, 2) ?? textIn(part, 1);
}

const statementRoles = ["vis-document", "vis-vaccine", "vis-published", "vis-presented"];

const seriesElements: readonly (readonly [role: string, write: (part: Part) => object])[] = [
  ["series", (part) => ({ series: wordsOf(part) })],
  ["dose-number", (part) => numberAs("doseNumber", part)],
  ["series-doses", (part) => numberAs("seriesDoses", part)],
];
const seriesRoles = seriesElements.map(([role]) => role);

/** R4 wants a number of the dose wherever a series is told. */
const noDoseNumber = {
  _doseNumberString: {
    extension: [
      {
        url: "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
        valueCode: "unknown",
      },
    ],
  },
};
