import { eiShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import { composite } from "../rows/composite.ts";
import type { Reference } from "@trestle/fhir";
import { extension } from "../datatypes/extension.ts";
import { segmentOf } from "../datatypes/beside.ts";
import { textIn } from "../rows/part.ts";
import type { Converter, Row } from "../rows/row.ts";

/**
 * The clinical study for which something was ordered or done, by the sponsor's number for it, with
 * its phase and point in time in words.
 *
 * @see HL7 v2.8.2, chapter 7.8.3 (CTI)
 */
export const researchStudy: Row<"extension"> = {
  to: "extension[]",
  id: "study",
  from: "CTI-1",
  as: extension(
    "http://hl7.org/fhir/StructureDefinition/workflow-researchStudy",
    "valueReference",
    composite<Reference>("CTI", [
      { to: "type", from: 0, as: () => "ResearchStudy" },
      { to: "identifier", from: 0, as: identifier(eiShape("study")) },
      { to: "display", from: 0, as: words },
    ]),
  ),
};

/** CTI-2 and CTI-3. */
function words(...[part]: Parameters<Converter>): string | undefined {
  const [phase, point] = [2, 3].map((number) => {
    const field = segmentOf(part).field(number);
    return textIn(field, 2) ?? textIn(field, 1);
  });
  return [phase, point].filter((each) => each !== undefined).join(", ") || undefined;
}
