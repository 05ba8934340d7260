import type { Extension, Observation } from "@trestle/fhir";
import { decimal } from "../decimal.ts";
import { codedId } from "../datatypes/coded-id.ts";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { eipFiller, eipPlacer } from "../datatypes/eip.ts";
import { extension } from "../datatypes/extension.ts";
import { dateTime } from "../datatypes/ts.ts";
import { Repetition } from "@trestle/hl7v2";
import { textIn } from "../rows/part.ts";
import type { Converter, Row } from "../rows/row.ts";
import { has } from "../rows/conditions.ts";
import { placeWithAddress } from "./location.ts";

const fillerGiven = eipFiller(eiShape("specimen"));
const placerGiven = eipPlacer(eiShape("specimen"));

const definitions = "http://hl7.org/fhir/StructureDefinition";

/** What R4 has no element for, in the extensions that HL7 defines for it. */
export const observationExtensions: readonly Row<keyof Observation>[] = [
  { to: "extension[]", id: "subId", from: "OBX-4", as: subId },
  {
    to: "extension[]",
    id: "natureOfAbnormalTest",
    from: "OBX-10",
    as: extension(
      `${definitions}/observation-nature-of-abnormal-test`,
      "valueCodeableConcept",
      cwe,
    ),
    table: "nature-of-abnormal",
  },
  {
    to: "extension[]",
    id: "analysisTime",
    from: "OBX-19",
    as: extension(`${definitions}/observation-analysis-date-time`, "valueDateTime", dateTime),
  },
  {
    to: "extension[]",
    id: "location",
    from: "PRT-9",
    as: extension(`${definitions}/event-location`, "valueReference", placeWithAddress),
    when: has("PRT-9"),
  },
  {
    to: "extension[]",
    id: "subType",
    from: "OBX-30",
    as: extension(
      `${definitions}/observation-structure-type`,
      "valueCodeableConcept",
      codedId("0937"),
    ),
  },
  { to: "extension[]", id: "furtherSpecimen", from: "OBX-33", as: furtherSpecimen },
];

/** R4 has room for one specimen; each further one is named by its number. */
function furtherSpecimen(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const isFurther = part instanceof Repetition && part.index > 0;
  return isFurther ? specimenExtension(part, scope, lookup) : undefined;
}

const specimenExtension = extension(
  "http://hl7.org/fhir/5.0/StructureDefinition/extension-Observation.specimen",
  "valueReference",
  (part, scope, lookup) => {
    const identifier = fillerGiven(part, scope, lookup) ?? placerGiven(part, scope, lookup);
    return identifier && { identifier };
  },
);

/**
 * OBX-4 as it was sent, and as an OG where it has components.
 *
 * @see HL7 v2.8.2, chapter 2.A.49 (OG)
 */
function subId(...[part, scope]: Parameters<Converter>): Extension | undefined {
  const original = textIn(part, 1);
  const [group, sequence] = [2, 3].map((number) => decimal(textIn(part, number) ?? ""));
  const identifier = textIn(part, 4);
  const pieces: Extension[] = [
    ...(original === undefined ? [] : [{ url: "original-sub-identifier", valueString: original }]),
    ...(group === undefined ? [] : [{ url: "group", valueDecimal: group }]),
    ...(sequence === undefined ? [] : [{ url: "sequence", valueDecimal: sequence }]),
    ...(identifier === undefined ? [] : [{ url: "identifier", valueString: identifier }]),
  ];
  if (pieces.length === 0) return undefined;
  const made = { url: `${definitions}/observation-v2-subid`, extension: pieces };
  scope.draft.trace?.note(made, "url", { rule: "constant" });
  return made;
}
