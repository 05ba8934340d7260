import type { Quantity } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { decimal } from "../decimal.ts";
import { type Part, inside, textIn, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { defaultOf, isByDefault } from "../unmapped-policy.ts";
import { warnings } from "../warnings.ts";
import { localSystem, lookUp } from "./code.ts";
import { codeSystem } from "./cwe.ts";

/** NM with the digits it was written in. */
const number: Converter = (part, scope) => {
  const text = textOf(part);
  const value = text === undefined ? undefined : decimal(text);
  if (value === undefined && text !== undefined) scope.draft.warn(warnings.badNumber(part.at));
  return value;
};

/** A count from 1. */
export const wholeNumber: Converter = (part, scope) => {
  const text = textOf(part);
  if (text === undefined || /^0*[1-9]\d{0,8}$/u.test(text)) return text && Number(text);
  scope.draft.warn(warnings.badNumber(part.at));
  return undefined;
};

/** A number in one field and its unit in another, such as RXA-6 and RXA-7. */
export function quantity(unitPlace: string): Converter {
  return (part, scope, lookup) => {
    const value = number(part, scope, lookup);
    return value === undefined ? undefined : quantityOf({ value }, { part, scope, unitPlace });
  };
}

/** A number that may have a comparator before it, such as `<0.01`; nothing for any other text. */
export function measurement(unitPlace: string): Converter {
  return (part, scope) => {
    const [, comparator = "=", digits] = amountShape.exec(textOf(part) ?? "") ?? [];
    const value = digits === undefined ? undefined : decimal(digits);
    if (value === undefined) return undefined;
    const known = comparators.get(comparator);
    const amount = known ? { value, comparator: known } : { value };
    return quantityOf(amount, { part, scope, unitPlace });
  };
}

/** The comparator and the digits. */
const amountShape = /^([<>]=?|=)?\s*([+-]?(?:\d+\.?\d*|\.\d+))$/u;

/** An amount with the unit of another place; both remember where they came from. */
export function quantityOf(
  amount: { readonly value: unknown; readonly comparator?: string },
  { part, scope, unitPlace }: { part: Part; scope: Scope; unitPlace: string },
): object {
  const unitPart = scope.part(unitPlace);
  const made = withUnit(amount, unitPart, scope);
  const { trace } = scope.draft;
  if (trace === undefined || unitPart === undefined) return made;
  for (const key of Object.keys(amount)) trace.note(made, key, { part });
  return made;
}

/**
 * An amount and its unit. The code of a system that is not UCUM stays beside the UCUM code as a
 * translation.
 *
 * @see http://hl7.org/fhir/StructureDefinition/iso21090-PQ-translation
 */
export function withUnit<Amount extends object>(
  amount: Amount,
  unitPart: Part | undefined,
  scope: Scope,
): Amount & Partial<Quantity> {
  if (unitPart === undefined) return amount;
  const unit = unitOf(unitPart, scope);
  const sent = unit.system === ucum ? sentUnit(unitPart, scope) : undefined;
  const extension = [
    ...(sent === undefined ? [] : [{ url: translation, valueQuantity: sent }]),
    ...(unit.extension ?? []),
  ];
  const made = { ...(extension.length > 0 && { extension }), ...amount, ...withoutMark(unit) };
  noteUnit(made, unitPart, scope);
  return made;
}

function withoutMark({ extension: _mark, ...unit }: Partial<Quantity>): Partial<Quantity> {
  return unit;
}

function noteUnit(made: object, part: Part, scope: Scope): void {
  const { trace } = scope.draft;
  if (trace === undefined) return;
  const lookup = { table: "units" };
  trace.note(made, "extension", { part });
  trace.note(made, "unit", { part });
  const rule = isByDefault(made) ? { rule: defaultOf(lookup) } : {};
  trace.note(made, "code", { part, lookup, ...rule });
  const system = isUcum(part, scope) ? { part: inside(part, 3) } : { part, lookup, ...rule };
  trace.note(made, "system", system);
}

/** The unit in a CE or CWE: UCUM where the table `units` or the sender says so, else as sent. */
export function unitOf(part: Part | undefined, scope: Scope): Partial<Quantity> {
  if (part === undefined) return {};
  if (!(part instanceof Repetition)) return readUnit(part, scope);
  return scope.draft.recall(unitKind, part.raw, () => readUnit(part, scope));
}

function readUnit(part: Part, scope: Scope): Partial<Quantity> {
  const sent = textIn(part, 1) ?? textIn(part, 2);
  if (sent === undefined) return {};
  const row = isUcum(part, scope) ? undefined : lookUp(part, scope, { table: "units" });
  const code = isUcum(part, scope) ? sent : row?.code;
  const system = row?.byDefault === undefined ? ucum : row.system;
  const known = code === undefined ? sentUnit(part, scope) : { system, code };
  return {
    ...(row?.byDefault !== undefined && { extension: [row.byDefault] }),
    unit: textIn(part, 2) ?? sent,
    ...known,
  };
}

/** The code as sent, where it is more than another name of the unit. */
function sentUnit(part: Part, scope: Scope): Partial<Quantity> | undefined {
  const [code, unit] = [textIn(part, 1), textIn(part, 2)];
  const isNamed = textIn(part, 3) !== undefined;
  if (code === undefined || isUcum(part, scope) || (!isNamed && isKnownByCode(code, unit, scope)))
    return undefined;
  const system = isNamed ? codeSystem(inside(part, 3), scope, {}) : localSystem(scope, "units");
  return { unit: unit ?? code, system, code: code.replaceAll(/\s+/gu, " ") };
}

function isKnownByCode(code: string, unit: string | undefined, scope: Scope): boolean {
  return (
    unit === undefined || unit === code || scope.draft.site.tables.find("units", code) !== undefined
  );
}

function isUcum(part: Part, scope: Scope): boolean {
  return textIn(part, 3) !== undefined && codeSystem(inside(part, 3), scope, {}) === ucum;
}

/** HL7's comparators and FHIR's. */
export const comparators: ReadonlyMap<string, string> = new Map([
  ["=", ""],
  ["<", "<"],
  ["<=", "<="],
  [">", ">"],
  [">=", ">="],
]);

/** Tells units from what else is remembered. */
const unitKind = {};

const ucum = "http://unitsofmeasure.org";
const translation = "http://hl7.org/fhir/StructureDefinition/iso21090-PQ-translation";
