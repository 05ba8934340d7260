import { typeOf } from "../resource-index.ts";
import { type MessagePart, forEach } from "../rows/define-segment.ts";
import type { Node } from "../rows/node.ts";
import type { Sight } from "../rows/sight.ts";
import { msh } from "../segments/header.ts";
import { notes } from "../segments/note.ts";
import { isBloodPressure } from "../segments/observation-value.ts";
import { obx } from "../segments/observation.ts";
import { pid } from "../segments/patient.ts";
import { obrOfReport, obxOfForm, orcOfReport, spm } from "../segments/report.ts";
import { pv1 } from "../segments/visit.ts";

/** @see HL7 v2.5.1, chapter 7.3.1 (ORU^R01) */
export const result: readonly MessagePart[] = [
  msh,
  pid,
  pv1,
  forEach("DiagnosticReport", allOf("DiagnosticReport"), {
    also: { ServiceRequest: "DiagnosticReport.basedOn" },
    restarts: ["OBX", "SPM", "NTE"],
    parts: [
      orcOfReport,
      obrOfReport,
      notes("DiagnosticReport.conclusion"),
      forEach("Observation", observationsOf, {
        restarts: ["NTE"],
        parts: [
          forEach("Value", "Observation", { parts: [obx] }),
          notes("Observation.note"),
          notes("Observation.dataAbsentReason"),
          forEach("Value", componentsOf, { parts: [obx] }),
        ],
      }),
      forEach("Attachment", "DiagnosticReport.presentedForm", { parts: [obxOfForm] }),
      forEach("Specimen", "DiagnosticReport.specimen", { parts: [spm] }),
    ],
  }),
];

/** Every resource of a type, in the order of the bundle. */
export function allOf(type: string) {
  return ({ composing }: Sight): readonly Node[] => composing.resources.ofType(type);
}

/** The results of a report, and those that are members of them, each once. */
function observationsOf(sight: Sight): readonly Node[] {
  const found = new Map<string, Node>();
  const waiting = [...sight.nodes("DiagnosticReport.result")];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const observation = sight.composing.resources.follow(next);
    if (observation === undefined || typeOf(observation) !== "Observation") {
      sight.composing.missing(next);
      continue;
    }
    next.use();
    if (found.has(observation.path)) continue;
    found.set(observation.path, observation);
    waiting.unshift(...observation.children("hasMember"));
  }
  return [...found.values()];
}

function componentsOf(sight: Sight): readonly Node[] {
  const isOneValue = isBloodPressure(sight.named("Observation"));
  return isOneValue ? [] : sight.nodes("Observation.component");
}
