import { isUcum, wrongCode } from "@trestle/code-tables";
import type { PathValue } from "@trestle/fhir/path";
import { type TimeLimits, isPlausible } from "./plausible-time.ts";
import type { KnownCodes } from "./known-codes.ts";
import type { CheckName } from "./report.ts";

/** By what the values of an element are judged. */
export interface ValueRules {
  /** By URI; any where empty. */
  readonly systems: ReadonlySet<string>;
  /** Of the code table that the element names; undefined where it names none. */
  readonly known: KnownCodes | undefined;
  /** Of the value set that the element names; undefined where it names none. */
  readonly allowed?: KnownCodes | undefined;
  readonly times: TimeLimits;
}

/** One thing that was looked at in one value. */
export interface Checked {
  readonly what: CheckName;
  readonly isWrong: boolean;
}

/**
 * Looks at one value of an element, as its type allows: codes, units and times. References are looked
 * up elsewhere, since a site has to be asked.
 */
export function checkValue({ type, value }: PathValue, rules: ValueRules): readonly Checked[] {
  if (typeof value === "string") return checkText(type, value, rules);
  if (!isObject(value)) return [];
  if (type === "CodeableConcept") return checkCodings(codingsIn(value), rules);
  if (type === "Coding") return checkCodings([codingOf(value)], rules);
  if (type === "Period") return checkPeriod(value, rules);
  return quantities.has(type) ? checkUnit(value) : [];
}

function checkText(type: string, value: string, rules: ValueRules): readonly Checked[] {
  if (timeTypes.has(type)) return [{ what: "date", isWrong: !isPlausible(value, rules.times) }];
  const isIn = ({ locals, targetCodes }: KnownCodes) => locals.has(value) || targetCodes.has(value);
  const { known, allowed } = rules;
  return [
    ...(known === undefined ? [] : [{ what: "table" as const, isWrong: !isIn(known) }]),
    ...(allowed === undefined ? [] : [{ what: "valueSet" as const, isWrong: !isIn(allowed) }]),
  ];
}

interface Coding {
  readonly system: string;
  readonly code: string;
}

/** One good coding is enough: sites send their own codes beside those of others. */
function checkCodings(codings: readonly Coding[], rules: ValueRules): Checked[] {
  const { systems, known, allowed } = rules;
  const ofSystem = codings.filter(({ system, code }) => code !== "" && systems.has(system));
  const inTable = isAmong(codings, known);
  const checks: Checked[] = [];
  if (systems.size > 0) checks.push({ what: "system", isWrong: ofSystem.length === 0 && !inTable });
  if (known !== undefined)
    checks.push({ what: "table", isWrong: !inTable && ofSystem.length === 0 });
  if (allowed !== undefined) checks.push({ what: "valueSet", isWrong: !isAmong(codings, allowed) });
  const published = codings.filter(({ system, code }) => system !== "" && code !== "");
  if (published.length > 0) checks.push({ what: "code", isWrong: published.some(isNoCode) });
  return checks;
}

function isAmong(codings: readonly Coding[], known: KnownCodes | undefined): boolean {
  return codings.some(
    ({ system, code }) =>
      known?.locals.has(code) === true || known?.targets.has(`${system}|${code}`) === true,
  );
}

/** Whether a code can surely not be one of its system. */
function isNoCode({ system, code }: Coding): boolean {
  const row = { local: code, display: "", system, code, status: "mapped", note: "" } as const;
  return wrongCode(row) !== undefined;
}

function codingsIn(concept: Fields): readonly Coding[] {
  const codings = Array.isArray(concept["coding"]) ? concept["coding"] : [];
  return codings.filter(isObject).map(codingOf);
}

function codingOf(coding: Fields): Coding {
  return { system: textOf(coding["system"]), code: textOf(coding["code"]) };
}

/** Without a number there is no unit to be wrong; a bare number counts or compares something. */
function checkUnit(quantity: Fields): readonly Checked[] {
  const [system, code, unit] = ["system", "code", "unit"].map((name) => textOf(quantity[name]));
  if (quantity["value"] === undefined || (code === "" && unit === "")) return [];
  const isUnit = system === ucum && code !== undefined && isUcum(code);
  return [{ what: "unit", isWrong: !isUnit }];
}

function checkPeriod(period: Fields, { times }: ValueRules): readonly Checked[] {
  const [start, end] = [textOf(period["start"]), textOf(period["end"])];
  const given = [start, end].filter((time) => time !== "");
  const checks: Checked[] = given.map((time) => ({
    what: "date",
    isWrong: !isPlausible(time, times),
  }));
  if (given.length < 2) return checks;
  const [from, to] = [Date.parse(start), Date.parse(end)];
  return [...checks, { what: "period", isWrong: to < from }];
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

const ucum = "http://unitsofmeasure.org";
const timeTypes: ReadonlySet<string> = new Set(["date", "dateTime", "instant"]);
const quantities: ReadonlySet<string> = new Set([
  "Quantity",
  "SimpleQuantity",
  "Age",
  "Count",
  "Distance",
  "Duration",
]);
