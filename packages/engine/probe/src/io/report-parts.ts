import type { SiteFhirState } from "@trestle/gateway";
import { type DataElement, type Hl7AtSite, nameOfDataElement } from "@trestle/integration";
import type { Journal } from "@trestle/journal";
import { otherTypes } from "../elsewhere.ts";
import { judgeElement } from "../judge-element.ts";
import type { Plan } from "../plan.ts";
import type {
  ElementReport,
  Elsewhere,
  Example,
  Finding,
  SearchReport,
  ServerReport,
} from "../report.ts";
import type { FeedComparison } from "./compare-feeds.ts";
import type { Unchecked } from "./follow-references.ts";
import type { FieldSeen } from "./read-fields.ts";
import type { ElementTally, SearchTally } from "./search-tally.ts";

/** All that was seen when a probe has ended. */
export interface AllSeen {
  readonly plan: Plan;
  /** Undefined where nothing of FHIR is needed. */
  readonly state: SiteFhirState | undefined;
  readonly searches: readonly SearchTally[];
  readonly unchecked: Unchecked;
  readonly comparison: FeedComparison;
  readonly fields: ReadonlyMap<unknown, FieldSeen>;
  readonly journal: Pick<Journal, "get">;
  readonly hasTable: (table: string) => boolean;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** Judges every element, in the order of the plan. */
export async function reportElements(all: AllSeen): Promise<readonly ElementReport[]> {
  const read = all.searches.flatMap((search) =>
    search.elements.map((element) => readReport(element, search, all)),
  );
  return [
    ...(await Promise.all(read)),
    ...writtenReports(all),
    ...fieldReports(all),
    ...absentReports(all),
  ];
}

async function readReport(
  element: ElementTally,
  search: SearchTally,
  all: AllSeen,
): Promise<ElementReport> {
  const { planned, tally } = element;
  const { comparison, journal, state, now, unchecked } = all;
  const seen = {
    element: planned.element,
    exists: existsAt(state, planned.element.resource, "search-type"),
    refusals: search.refusals.all,
    patients: search.patients,
    tally,
    uncheckedReferences: unchecked.get(element) ?? 0,
    compared: comparison.of(planned),
    remarks: remarksOn(element, search, all),
    now,
  };
  const judged = judgeElement({ ...seen, elsewhere: [] });
  if (judged.verdict !== "finding") return judged;
  const feeds = await comparison.feedOf(planned, journal);
  // Bad codes or times are there; what else may hold them would be as bad.
  const isThere = judged.permitted === "yes" && judged.populated.verdict === "yes";
  const others = isThere ? [] : otherTypes(planned.element.resource, state?.capabilities ?? []);
  const elsewhere: readonly Elsewhere[] = [...feeds, ...others];
  return { ...judged, elsewhere };
}

/** What is written is not tried: whether the site takes it at all, and grants it, is known before. */
function writtenReports({ plan, state, now }: AllSeen): readonly ElementReport[] {
  return plan.written.map((element) => {
    const isGranted = (state?.scopes.granted ?? []).some((scope) =>
      isWrite(scope, element.resource),
    );
    const report = judgeElement({
      element,
      exists: existsAt(state, element.resource, "create"),
      refusals: [],
      patients: 0,
      tally: undefined,
      uncheckedReferences: 0,
      elsewhere: [],
      compared: undefined,
      remarks: isGranted ? [] : notGranted(element.resource, state),
      now,
    });
    const isGood = report.exists === "yes" && isGranted;
    return {
      ...report,
      permitted: isGranted ? "yes" : "unknown",
      verdict: isGood ? "good" : report.verdict,
    };
  });
}

/**
 * A site that grants more than the hub asks for tells all that it grants. One that keeps to what was
 * asked for cannot be told from, since the hub asks for no scope to write.
 */
function notGranted(resource: string, state: SiteFhirState | undefined): readonly Finding[] {
  if (state === undefined || state.problem !== undefined) return [];
  return [state.scopes.surplus.length > 0 ? writeNotGranted(resource) : writeNotAsked(resource)];
}

function fieldReports({ plan, fields, hasTable, now }: AllSeen): readonly ElementReport[] {
  return plan.fields.map((element) => {
    const seen = fields.get(element);
    const messages = seen?.messages ?? 0;
    return judgeElement({
      element,
      exists: messages > 0 ? "yes" : "unknown",
      refusals: [],
      patients: seen?.tally.filled.patients ?? 0,
      tally: seen?.tally,
      uncheckedReferences: 0,
      elsewhere: [],
      compared: undefined,
      remarks: [
        ...(messages === 0 ? [noMessages(element.message)] : []),
        ...(isNoRow(element, seen) ? [noRow(messages)] : []),
        ...missingTable(element, hasTable),
      ],
      now,
    });
  });
}

function isNoRow({ rows }: Hl7AtSite, seen: FieldSeen | undefined): boolean {
  const { messages = 0, tally } = seen ?? {};
  return rows !== undefined && messages > 0 && tally?.filled.share.of === 0;
}

/** What the site says that it has not is a finding where the application cannot do without it. */
function absentReports({ plan, now }: AllSeen): readonly ElementReport[] {
  return plan.absent.map((element) =>
    judgeElement({
      element,
      exists: "unknown",
      refusals: [],
      patients: 0,
      tally: undefined,
      uncheckedReferences: 0,
      elsewhere: [],
      compared: undefined,
      remarks: [notCharted(element.need === "required")],
      now,
    }),
  );
}

export function searchReports(searches: readonly SearchTally[]): readonly SearchReport[] {
  return searches.map(({ search, patients, patientsWithAny, resources }) => ({
    resource: search.resource,
    ...(search.among !== undefined && { among: search.among }),
    by:
      search.patientParameter === undefined && search.resource !== "Patient"
        ? "reference"
        : "patient",
    patients,
    patientsWithAny,
    resources,
  }));
}

export function serverReport(state: SiteFhirState | undefined): ServerReport {
  const { software = "", fhirVersion = "", dialect = "", scopes, problem } = state ?? {};
  return {
    software,
    fhirVersion,
    dialect,
    scopes: { missing: scopes?.missing ?? [] },
    ...(problem && { problem: { code: problem.code, text: problem.text, hint: problem.hint } }),
  };
}

export function examplesOf(
  searches: readonly SearchTally[],
  fields: ReadonlyMap<unknown, FieldSeen>,
): readonly Example[] {
  const ofSearches = searches.flatMap(({ elements }) =>
    elements.flatMap(({ planned, tally }) => named(planned.element, tally.examples)),
  );
  const ofFields = [...fields].flatMap(([element, { tally }]) =>
    named(element as DataElement, tally.examples),
  );
  return [...ofSearches, ...ofFields];
}

function named(
  element: DataElement,
  examples: readonly Omit<Example, "element">[],
): readonly Example[] {
  const name = nameOfDataElement(element);
  return examples.map((each) => ({ element: name, ...each }));
}

function existsAt(
  state: SiteFhirState | undefined,
  resource: string,
  interaction: string,
): ElementReport["exists"] {
  if (state === undefined || state.capabilities.length === 0) return "unknown";
  const type = state.capabilities.find((each) => each.type === resource);
  if (type === undefined) return "no";
  const { interactions } = type;
  const isSearch = interaction === "search-type";
  return interactions.includes(interaction) || (isSearch && interactions.includes("read"))
    ? "yes"
    : "no";
}

function remarksOn(
  { planned, misfits }: ElementTally,
  { failures, patients, patientsWithAny }: SearchTally,
  { hasTable }: AllSeen,
): readonly Finding[] {
  const isNeverAnswered = patients > 0 && patientsWithAny === 0;
  const unanswered = [...failures].map(([code, { hint, count }]): Finding => {
    const severity = isNeverAnswered && count >= patients ? "bad" : "remark";
    const text = `The site did not answer in ${count} of ${patients} cases (${code}).`;
    return { severity, code: "probe.notAnswered", text, hint };
  });
  return [
    ...unanswered,
    ...missingTable(planned.element, hasTable),
    ...(misfits === 0 ? [] : [pathMisfits(misfits)]),
  ];
}

function missingTable(
  { table }: DataElement,
  hasTable: (table: string) => boolean,
): readonly Finding[] {
  if (table === undefined || hasTable(table)) return [];
  return [
    {
      severity: "bad",
      code: "probe.noTable",
      text: `The site has no code table “${table}”, so its codes cannot be looked up.`,
      hint: `Add tables/${table}.csv to the site's folder.`,
    },
  ];
}

function pathMisfits(count: number): Finding {
  return {
    severity: "remark",
    code: "probe.pathMisfits",
    text: `The path could not be followed in ${count} records.`,
    hint: "Write it so that it holds for every form of the element, such as with ofType().",
  };
}

function noMessages(type: string): Finding {
  return {
    severity: "bad",
    code: "probe.noMessages",
    text: `No message of type ${type} came in the time that was looked at.`,
    hint: "Ask whether the site sends it, and look further back (--hl7-hours).",
  };
}

function noRow(messages: number): Finding {
  return {
    severity: "bad",
    code: "probe.noRow",
    text: `None of ${messages} messages has a row of this flowsheet.`,
    hint: "Ask which ids the site's feed has for it, and write them under flowsheets in its site.yaml.",
  };
}

function notCharted(isRequired: boolean): Finding {
  return {
    severity: isRequired ? "bad" : "remark",
    code: "probe.notCharted",
    text: "The site says that it does not chart this flowsheet.",
    hint: "Do without it there, or ask the site what it charts in its place.",
  };
}

function writeNotGranted(resource: string): Finding {
  return {
    severity: "bad",
    code: "probe.writeNotGranted",
    text: `No scope that the site granted lets the application create ${resource}.`,
    hint: "Ask the site to grant it, after writing was approved there.",
  };
}

function writeNotAsked(resource: string): Finding {
  return {
    severity: "remark",
    code: "probe.writeNotAsked",
    text: `The site granted what the hub asks for and nothing else, so it does not tell whether the application may create ${resource}.`,
    hint: "Ask the site.",
  };
}

/** Such as `system/Observation.c`, `user/Observation.cruds` or `system/*.write`. */
function isWrite(scope: string, resource: string): boolean {
  const [, type, permissions = ""] = /^[a-z]+\/([A-Za-z*]+)\.([a-z*]+)/u.exec(scope) ?? [];
  if (type !== "*" && type !== resource) return false;
  return permissions === "write" || permissions === "*" || permissions.startsWith("c");
}
