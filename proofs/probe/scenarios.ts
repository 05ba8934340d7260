import type { Changes } from "./hospital.ts";

/** What is wrong at a hospital, and the one thing that a probe must say of it. */
export interface Scenario {
  readonly title: string;
  readonly changes: Changes;
  /** The element that is hit, and the code of what is found of it. */
  readonly element: string;
  readonly finding: string;
  /** Words that the finding must have, such as the site's code and the API to be granted. */
  readonly words?: readonly string[];
  /** Whether the finding is a remark, since it asks nobody to do anything. */
  readonly isRemark?: boolean;
  /** By what else the element comes, which must be told too. */
  readonly elsewhere?: "hl7";
  /** Whether it must be told that this got worse since the probe before. */
  readonly isDrop?: boolean;
}

const vitals = "Observation[category=vital-signs]";
const labs = "Observation[category=laboratory].code";
const readsWithout = (...parts: readonly string[]) => [
  "Patient.*",
  "Encounter.*",
  "Condition.*",
  ...parts,
];

/** Each is found on its own: the hospital is as it was at the start, but for the changes. */
export const scenarios: readonly Scenario[] = [
  {
    title: "a field is never filled",
    changes: defect({ resource: "Patient", at: "birthDate", wrong: "missing" }),
    element: "Patient.birthDate",
    finding: "probe.empty",
    elsewhere: "hl7",
    isDrop: true,
  },
  {
    title: "a field is half filled",
    changes: defect({ resource: "Patient", at: "birthDate", wrong: "missing", share: 0.5 }),
    element: "Patient.birthDate",
    finding: "probe.rarelyFilled",
  },
  {
    title: "references are half missing",
    changes: defect({
      resource: "Observation",
      subType: "Vitals",
      at: "encounter",
      wrong: "missing",
      share: 0.5,
    }),
    element: `${vitals}.encounter`,
    finding: "probe.rarelyFilled",
  },
  {
    title: "an API of a part of a type is not granted (59204)",
    changes: { apis: readsWithout("Observation.*Vital*", "Observation.*Smoking*") },
    element: labs,
    finding: "probe.refused",
    words: ["59204", "Observation.Search (Labs) (R4)"],
  },
  {
    title: "the background user lacks a right (59205)",
    changes: { switches: { userRights: ["Observation (Labs)"] } },
    element: labs,
    finding: "probe.refused",
    words: ["59205", "Observation.Search (Labs) (R4)"],
  },
  {
    title: "a whole type is not granted",
    changes: { apis: ["Patient.*", "Encounter.*", "Observation.*"] },
    element: "Condition.code",
    finding: "probe.refused",
    words: ["Condition.Search (Problems) (R4)"],
  },
  {
    title: "a third of the quantities have units of the hospital's own",
    changes: defect({
      resource: "Observation",
      subType: "Vitals",
      at: "valueQuantity",
      wrong: "unit",
      share: 0.33,
    }),
    element: `${vitals}.value.ofType(Quantity)`,
    finding: "probe.noUnit",
  },
  {
    title: "a third of the problems have codes of the hospital's own",
    changes: defect({
      resource: "Condition",
      subType: "Problems",
      at: "code",
      wrong: "code",
      share: 0.33,
    }),
    element: "Condition.code",
    finding: "probe.otherSystem",
  },
  {
    title: "codes are in no code table",
    changes: defect({
      resource: "Observation",
      subType: "Vitals",
      at: "code",
      wrong: "code",
      share: 0.25,
    }),
    element: `${vitals}.code`,
    finding: "probe.notInTable",
  },
  {
    title: "a fifth of the visits begin a century ahead",
    changes: defect({ resource: "Encounter", at: "period.start", wrong: "future", share: 0.2 }),
    element: "Encounter.period",
    finding: "probe.implausibleDate",
  },
  {
    title: "a fifth of the birth dates lie ahead",
    changes: defect({ resource: "Patient", at: "birthDate", wrong: "future", share: 0.2 }),
    element: "Patient.birthDate",
    finding: "probe.implausibleDate",
  },
  {
    title: "half of the references lead to nothing",
    changes: defect({
      resource: "Observation",
      subType: "Vitals",
      at: "encounter",
      wrong: "dangling",
      share: 0.5,
    }),
    element: `${vitals}.encounter`,
    finding: "probe.leadsNowhere",
  },
  {
    title: "results end ten years ago",
    changes: defects(
      ["effectiveDateTime", "issued"].map((at) => ({
        resource: "Observation",
        at,
        wrong: "old",
      })),
    ),
    element: labs,
    finding: "probe.stale",
  },
  {
    // A few, since nobody can say which of them messages have told the hub of.
    title: "a few records are behind glass (4131): told, and nothing that anybody must do",
    changes: {
      switches: {
        breakTheGlassPatients: { "900001": "4131", "900002": "4131", "900003": "4131" },
      },
    },
    element: "Patient.birthDate",
    finding: "probe.refused",
    isRemark: true,
    words: ["4131"],
  },
];

function defect(one: object): Changes {
  return defects([one]);
}

function defects(all: readonly object[]): Changes {
  return { switches: { defects: all } };
}
