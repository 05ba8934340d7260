import type { DataElement } from "@trestle/integration";
import type { CheckName, ElementReport, Finding, Refusal } from "./report.ts";
import { isTooOld, mostWrong } from "./judging-limits.ts";
import type { Share } from "./statistics.ts";

type Judged = Omit<ElementReport, "verdict" | "findings">;

/** What a person must know of one element, each with what to do about it. */
export function elementFindings(
  judged: Judged,
  { element, now }: { readonly element: DataElement; readonly now: number },
): readonly Finding[] {
  if (judged.exists === "no") return [notThere(judged)];
  return [
    ...merged(judged.refusals).map((refusal) => refusedBy(refusal, judged)),
    ...fillFindings(judged),
    ...judged.good.checks.flatMap(({ what, share }) => wrongValues(what, share)),
    ...ageFindings(judged, element, now),
  ];
}

/** The same refusal may leave nothing of one patient and a part of another. */
function merged(refusals: readonly Refusal[]): readonly Refusal[] {
  const groups = Map.groupBy(refusals, ({ kind, code, apis }) => [kind, code, ...apis].join("\n"));
  return [...groups.values()].flatMap((group) => {
    const [first] = group.toSorted((one, other) => Number(one.isPart) - Number(other.isPart));
    const patients = group.reduce((sum, each) => sum + each.patients, 0);
    const isPart = group.every((each) => each.isPart);
    return first === undefined ? [] : [{ ...first, isPart, patients }];
  });
}

function notThere({ of, access }: Judged): Finding {
  const what = access === "write" ? `creates no ${of}` : `serves no ${of}`;
  return {
    severity: "bad",
    code: "probe.notThere",
    text: `The site ${what}: its CapabilityStatement does not name it.`,
    hint: "Ask the site whether it can be enabled, or take another way.",
  };
}

/** A refusal is bad where it closes the door, and where an API is missing whatever comes all the same. */
function refusedBy(refusal: Refusal, { permitted }: Judged): Finding {
  const { code, text, hint, apis, patients, isPart } = refusal;
  const names = apis.length === 0 ? "" : ` To be granted: ${apis.join(", ")}.`;
  const said = code === "" ? "" : ` (${code})`;
  const isBad =
    permitted === "no" || (isPart ? !byPatient.has(refusal.kind) : permitted === "inPart");
  return {
    severity: isBad ? "bad" : "remark",
    code: isPart ? "probe.refusedInPart" : "probe.refused",
    text: `${text}${said} So for ${patientsOf(patients)}.`,
    hint: `${hint}${names}`,
  };
}

function fillFindings({ populated, minFill, permitted }: Judged): readonly Finding[] {
  const { verdict, share } = populated;
  // What is refused is not empty.
  if (permitted === "no" || verdict === "yes" || verdict === "unknown") return [];
  if (share.of === 0) return verdict === "no" ? [noRecords] : [];
  if (verdict === "tooFew") return [tooFew(populated, minFill)];
  return [
    {
      severity: "bad",
      code: share.hits === 0 ? "probe.empty" : "probe.rarelyFilled",
      text: `It stands in ${percent(share)} of the records, and ${wholePercent(minFill)} are needed.`,
      hint: "Ask the site where this is kept, and since when; or do with less of it.",
    },
  ];
}

const noRecords: Finding = {
  severity: "bad",
  code: "probe.noRecords",
  text: "No patient of the sample has a record of this kind.",
  hint: "Ask the site whether this is kept there, and where; or ask about other patients.",
};

function tooFew({ share, patientsToTell: needed }: Judged["populated"], minFill: number): Finding {
  return {
    severity: "remark",
    code: "probe.tooFewToTell",
    text: `It stands in ${percent(share)} of the records: too few to tell whether ${wholePercent(minFill)} are reached.`,
    hint:
      needed === undefined
        ? "The share is too near to what is needed to be told from it."
        : `About ${needed} patients would tell.`,
  };
}

function wrongValues(what: CheckName, share: Share): readonly Finding[] {
  if (share.hits === 0) return [];
  const isBad = share.low > mostWrong;
  const { text, hint } = words[what];
  return [
    {
      severity: isBad ? "bad" : "remark",
      code: `probe.${codes[what]}`,
      text: `${text}: ${percent(share)} of ${share.of}.`,
      hint,
    },
  ];
}

function ageFindings({ good }: Judged, element: DataElement, now: number): readonly Finding[] {
  const { newestAt } = good;
  if (newestAt === undefined || !isTooOld(element, newestAt, now)) return [];
  const days = Math.floor((now - newestAt) / 86_400_000);
  return [
    {
      severity: "bad",
      code: "probe.stale",
      text: `The newest is ${days} days old, and may be ${element.maxAgeDays}.`,
      hint: "Ask the site whether this is still kept there, or has moved.",
    },
  ];
}

/** A share with its interval: `62 % (51–72)`. */
export function percent({ hits, of, low, high }: Share): string {
  if (of === 0) return "none";
  return `${wholePercent(hits / of)} (${whole(low, Math.floor)}–${whole(high, Math.ceil)})`;
}

/** Never rounded up to everything, nor down to nothing. */
function wholePercent(share: number): string {
  if (share > 0.99 && share < 1) return `${Math.floor(share * 1000) / 10} %`;
  if (share > 0 && share < 0.01) return `${Math.ceil(share * 1000) / 10} %`;
  return `${Math.round(share * 100)} %`;
}

function whole(share: number, round: (number: number) => number): number {
  return Math.min(100, Math.max(0, round(share * 100)));
}

function patientsOf(count: number): string {
  return count === 1 ? "1 patient" : `${count} patients`;
}

/** What the record of a single patient is under, and no missing grant. */
const byPatient: ReadonlySet<string> = new Set(["recordRestricted", "partialView"]);

const codes: Readonly<Record<CheckName, string>> = {
  system: "otherSystem",
  table: "notInTable",
  valueSet: "notInValueSet",
  code: "impossibleCode",
  unit: "noUnit",
  date: "implausibleDate",
  period: "endsBeforeItBegins",
  reference: "leadsNowhere",
};

const words: Readonly<Record<CheckName, { readonly text: string; readonly hint: string }>> = {
  system: {
    text: "Values have no code of a system that is allowed",
    hint: "Map the site's own codes in a code table, and name it as `table`; or allow the system.",
  },
  table: {
    text: "Values have codes that the site's code table does not know",
    hint: "Add them to the table: trestle tables coverage shows what messages had.",
  },
  valueSet: {
    text: "Values have codes that are not of the site's value set",
    hint: "Add them to valueSets in its site.yaml where they belong there, or let the application do without.",
  },
  code: {
    text: "Values have codes that cannot be of the system that they name",
    hint: "Show the site examples (--with-examples): its own translation is wrong.",
  },
  unit: {
    text: "Quantities have units that are not of UCUM",
    hint: "Have the site map its units, or translate them in the application.",
  },
  date: {
    text: "Times are implausible: before the patient was born, or in the future",
    hint: "Show the site examples (--with-examples); guard the application against them.",
  },
  period: {
    text: "Periods end before they begin",
    hint: "Show the site examples (--with-examples); guard the application against them.",
  },
  reference: {
    text: "References lead to nothing",
    hint: "Show the site examples (--with-examples): what they name is deleted, or not to be read.",
  },
};
