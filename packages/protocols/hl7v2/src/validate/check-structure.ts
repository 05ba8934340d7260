import { type StructureFault, groupMessage } from "../knowledge/group-message.ts";
import { isOwnSegment } from "../knowledge/names.ts";
import type { Hl7Message } from "../message.ts";
import { type Kind, finding } from "./catalogue.ts";
import type { Findings } from "./findings.ts";
import { type SiteProfile, requiredSegments, segmentProfile } from "./profile.ts";

/** Checks which segments a message has, and in which order. */
export function checkStructure(
  message: Hl7Message,
  profile: SiteProfile,
  { findings, isKnown }: { findings: Findings; isKnown: (segment: string) => boolean },
): void {
  const { type } = message;
  const isExpected = (name: string) =>
    isOwnSegment(name) || !isKnown(name) || segmentProfile(profile, type, name) !== undefined;
  const { structure, faults } = groupMessage(message, isExpected);
  if (structure === undefined) findings.add(finding("unknownStructure", "MSH-9"));
  for (const fault of faults) {
    const isOptional = segmentProfile(profile, type, fault.name)?.usage === "optional";
    if (fault.kind === "missing" && isOptional) continue;
    findings.add(finding(kindOf[fault.kind], fault.segment.at, { subject: subjectOf(fault) }));
  }
  for (const name of requiredSegments(profile, type)) {
    const isMissing = message.first(name) === undefined;
    const isSaid = faults.some((fault) => fault.kind === "missing" && fault.name === name);
    if (isMissing && !isSaid) findings.add(finding("missingSegment", "MSH", { subject: name }));
  }
}

function subjectOf({ kind, name, group }: StructureFault): string {
  return kind === "missing" ? `${name} of ${group}` : name;
}

const kindOf: Readonly<Record<StructureFault["kind"], Kind>> = {
  missing: "missingSegment",
  outOfOrder: "segmentOutOfOrder",
  repeated: "segmentRepeated",
  unexpected: "unexpectedSegment",
};
