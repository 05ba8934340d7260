import { type DataElement, nameOfDataElement } from "@trestle/integration";
import { elementFindings } from "./element-findings.ts";
import { isTooOld, mostWrong } from "./judging-limits.ts";
import type { Comparison, ElementReport, Elsewhere, Refusal } from "./report.ts";
import { patientsToTell, plainShare } from "./statistics.ts";
import type { Tally } from "./tally.ts";

/** What is known of one data element when a probe has ended. */
export interface Seen {
  readonly element: DataElement;
  readonly exists: ElementReport["exists"];
  readonly refusals: readonly Refusal[];
  /** How many patients were asked about, with an answer or a refusal. */
  readonly patients: number;
  /** Undefined where nobody looked, as for what is written. */
  readonly tally: Tally | undefined;
  /** For references that could not be followed. */
  readonly uncheckedReferences: number;
  readonly elsewhere: readonly Elsewhere[];
  readonly compared: Comparison | undefined;
  /** Why it could not be looked at, such as a code table that the site does not have. */
  readonly remarks: readonly ElementReport["findings"][number][];
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** Judges one data element: there, permitted, populated, good, and what a person must know of it. */
export function judgeElement(seen: Seen): ElementReport {
  const { element, exists, refusals, elsewhere, compared } = seen;
  const judged = {
    ...headOf(element),
    exists,
    permitted: permittedOf(seen),
    refusals,
    populated: populatedOf(seen),
    good: goodOf(seen),
    elsewhere,
    ...(compared && { compared }),
  };
  const findings = [...elementFindings(judged, seen), ...seen.remarks];
  return { ...judged, verdict: verdictOf(judged, findings), findings };
}

type Head = Pick<
  ElementReport,
  "name" | "type" | "of" | "among" | "at" | "access" | "need" | "minFill"
>;

function headOf(element: DataElement): Head {
  const { need, minFill } = element;
  const name = nameOfDataElement(element);
  if (element.type === "hl7") {
    const { message, field } = element;
    return { name, type: "hl7", of: message, at: field, access: "read", need, minFill };
  }
  const { resource, among, path, access } = element;
  const part = among === undefined ? {} : { among };
  return { name, type: "fhir", of: resource, ...part, at: path, access, need, minFill };
}

/** Refusals of single patients, as of those whose record is under protection, do not close a door. */
function permittedOf({
  exists,
  refusals,
  patients,
  tally,
  element,
}: Seen): ElementReport["permitted"] {
  if (exists === "no") return "unknown";
  const whole = refusals.filter(({ isPart }) => !isPart);
  const refused = whole.reduce((sum, each) => sum + each.patients, 0);
  if (refused > 0 && refused >= patients) return "no";
  if (refused > 0 && plainShare(refused, patients).low > 1 - element.minFill) return "inPart";
  if (refusals.some(({ isPart }) => isPart)) return "inPart";
  return tally === undefined || patients === 0 ? "unknown" : "yes";
}

function populatedOf({ element, tally, patients }: Seen): ElementReport["populated"] {
  if (tally === undefined) return { verdict: "unknown", share: plainShare(0, 0) };
  const { share } = tally.filled;
  const { minFill } = element;
  if (share.of === 0) {
    // No record at all: what can be told is whether patients have any.
    const isNone = minFill > 0 && plainShare(0, patients).high < leastPatientsWithAny;
    return { verdict: isNone ? "no" : "tooFew", share };
  }
  if (share.low >= minFill) return { verdict: "yes", share };
  if (share.high < minFill) return { verdict: "no", share };
  const needed = patientsToTell(share, minFill, patients);
  return { verdict: "tooFew", share, ...(needed !== undefined && { patientsToTell: needed }) };
}

function goodOf({ tally, uncheckedReferences, element, now }: Seen): ElementReport["good"] {
  const checks = [...(tally?.checks ?? [])].map(([what, count]) => ({
    what,
    share: count.share,
    ...(what === "reference" && uncheckedReferences > 0 && { unchecked: uncheckedReferences }),
  }));
  const newestAt = tally?.newestAt;
  const isOld = isTooOld(element, newestAt, now);
  const isWrong = checks.some(({ share }) => share.low > mostWrong);
  const isKnown = checks.length > 0 || (newestAt !== undefined && element.maxAgeDays !== undefined);
  const whenNothingIsWrong = isKnown ? "yes" : "unknown";
  return {
    verdict: isWrong || isOld ? "no" : whenNothingIsWrong,
    checks,
    ...(newestAt !== undefined && { newestAt }),
  };
}

function verdictOf(
  { populated, exists, permitted }: Pick<ElementReport, "populated" | "exists" | "permitted">,
  findings: ElementReport["findings"],
): ElementReport["verdict"] {
  if (findings.some(({ severity }) => severity === "bad")) return "finding";
  const isTold = exists === "yes" && permitted === "yes" && populated.verdict === "yes";
  return isTold ? "good" : "undecided";
}

/** Where surely fewer of all patients have a record of the kind, there is as good as none. */
const leastPatientsWithAny = 0.2;
