import { unescapeText } from "../escapes.ts";
import type { Segment } from "../segment.ts";
import { type Kind, finding } from "./catalogue.ts";
import type { Findings } from "./findings.ts";
import type { FieldRule, SegmentRule } from "./segment-rules.ts";
import type { CodeRule, PartRule, TypeRule } from "./type-rules.ts";

/** Where a check stands, and where what it finds goes. One object a segment, moved along. */
interface Cursor {
  readonly segment: Segment;
  readonly findings: Findings;
  readonly typeNamed: (name: string) => TypeRule;
  readonly fields: SegmentRule["fields"];
  field: number;
  /** Undefined where the field does not repeat. */
  repetition: number | undefined;
  component: number;
  subcomponent: number;
  /** The name of the field with its place; for the texts. */
  name: string;
}

/** Checks the fields of a segment. `typeNamed` gives the rule for a type that OBX-2 names. */
export function checkSegment(
  segment: Segment,
  { fields }: SegmentRule,
  { findings, typeNamed }: Pick<Cursor, "findings" | "typeNamed">,
): void {
  const cursor: Cursor = {
    segment,
    findings,
    typeNamed,
    fields,
    field: 0,
    repetition: undefined,
    component: 0,
    subcomponent: 0,
    name: "",
  };
  const { fieldCount } = segment;
  const last = Math.max(fieldCount, fields.length);
  for (let number = separatorFields(segment.name) + 1; number <= last; number += 1) {
    const raw = number > fieldCount ? "" : segment.field(number).raw;
    const rule = fields[number - 1];
    cursor.field = number;
    cursor.repetition = undefined;
    if (raw === "") {
      if (rule?.isRequired === true) report(cursor, "missingField", rule.name);
      continue;
    }
    if (rule === undefined) report(cursor, "unknownField", "");
    else checkField(cursor, rule, raw);
  }
}

/** MSH-1 and MSH-2 hold the separators, and so do the headers of batches. */
function separatorFields(name: string): number {
  return name === "MSH" || name === "BHS" || name === "FHS" ? 2 : 0;
}

function checkField(cursor: Cursor, rule: FieldRule, raw: string): void {
  cursor.name = rule.name;
  if (rule.isUnused) return report(cursor, "unusedField", rule.name);
  // Null asks for a deletion, which any field may.
  if (raw === '""') return undefined;
  if (rule.isFormer) report(cursor, "formerField", rule.name);
  if (rule.isLater) report(cursor, "laterField", rule.name);
  const type = rule.type ?? variedType(cursor);
  const { repetition: mark } = cursor.segment.separators;
  if (mark === "" || !raw.includes(mark)) return checkRepetition(cursor, { rule, type, raw });
  const repetitions = raw.split(mark);
  if (repetitions.length > rule.maxRepetitions) {
    report(cursor, "tooManyRepetitions", rule.name);
  }
  for (const [index, repetition] of repetitions.entries()) {
    cursor.repetition = index;
    if (repetition !== "") checkRepetition(cursor, { rule, type, raw: repetition });
  }
  return undefined;
}

/** The type of OBX-5 is in OBX-2; of MFE-4 in MFE-5, of MFA-5 in MFA-6. */
function variedType(cursor: Cursor): TypeRule | undefined {
  const { segment, field } = cursor;
  const by = field === 5 && segment.name === "OBX" ? 2 : field + 1;
  if (!varied.has(`${segment.name}-${field}`)) return undefined;
  const { text } = segment.field(by);
  if (text !== undefined) return cursor.typeNamed(text);
  const isSaid = cursor.fields[by - 1]?.isRequired === true;
  if (!isSaid) report(cursor, "valueWithoutType", `${segment.name}-${by}`);
  return undefined;
}

interface Written {
  readonly rule: FieldRule;
  readonly type: TypeRule | undefined;
  readonly raw: string;
}

function checkRepetition(cursor: Cursor, { rule, type, raw }: Written): void {
  cursor.component = 0;
  if (raw.length > rule.maxLength && textOf(cursor, raw).length > rule.maxLength) {
    report(cursor, "tooLong", rule.name);
  }
  if (type === undefined) return;
  const { component: mark } = cursor.segment.separators;
  checkParts(cursor, { type, raw, mark, count: "component" });
  cursor.component = 0;
}

interface Divided {
  readonly type: TypeRule;
  readonly raw: string;
  readonly mark: string;
  readonly count: "component" | "subcomponent";
}

function checkParts(cursor: Cursor, { type, raw, mark, count }: Divided): void {
  const { parts, isFree } = type;
  const isDivided = mark !== "" && raw.includes(mark);
  if (!isDivided && parts.length === 0) return checkValue(cursor, type, raw);
  // Most types hold nothing but text, and need no cutting.
  if (isFree && countOf(raw, mark) < Math.max(parts.length, 1)) return undefined;
  const written = isDivided ? raw.split(mark) : [raw];
  if (written.length > Math.max(parts.length, 1)) {
    report(cursor, "unknownComponent", cursor.name);
  }
  if (parts.length === 0) return checkValue(cursor, type, written[0] ?? "");
  checkEach(cursor, { type, written, count });
  cursor[count] = 1;
  if (type.isCoded && type.codes !== undefined) checkCoded(cursor, type.codes, written);
  cursor[count] = 0;
  return undefined;
}

function countOf(raw: string, mark: string): number {
  if (mark === "") return 0;
  let count = 0;
  for (let at = raw.indexOf(mark); at !== -1; at = raw.indexOf(mark, at + 1)) count += 1;
  return count;
}

interface WrittenParts extends Pick<Divided, "type" | "count"> {
  readonly written: readonly string[];
}

function checkEach(cursor: Cursor, { type, written, count }: WrittenParts): void {
  const { parts, lastRequired } = type;
  const last = Math.min(Math.max(written.length, lastRequired), parts.length);
  for (let number = 1; number <= last; number += 1) {
    const part = parts[number - 1];
    if (part === undefined) continue;
    const raw = written[number - 1] ?? "";
    if (raw === "" && !part.isRequired) continue;
    cursor[count] = number;
    checkPart(cursor, { part, raw, count });
  }
}

interface WrittenPart {
  readonly part: PartRule;
  readonly raw: string;
  readonly count: Divided["count"];
}

function checkPart(cursor: Cursor, { part, raw, count }: WrittenPart): void {
  if (raw === "") {
    if (part.isRequired && count === "component") report(cursor, "missingComponent", part.name);
  } else if (count === "component" && part.parts.length > 0) {
    const { subcomponent: mark } = cursor.segment.separators;
    checkParts(cursor, { type: part, raw, mark, count: "subcomponent" });
  } else checkValue(cursor, part, raw);
}

function checkValue(cursor: Cursor, { check, codes, isCoded }: TypeRule, raw: string): void {
  if (raw === "" || raw === '""') return;
  if (check !== undefined) {
    const kind = check(textOf(cursor, raw));
    if (kind !== undefined) report(cursor, kind, cursor.name);
  }
  if (codes !== undefined && !isCoded) checkCode(cursor, codes, raw);
}

/** A code of another coding system than the table's is for that system's owner to judge. */
function checkCoded(cursor: Cursor, codes: CodeRule, written: readonly string[]): void {
  const [code = "", , system = ""] = written;
  if (code === "" || code === '""') return;
  if (system === "" || system === codes.system || codes.system === "") {
    checkCode(cursor, codes, code);
  }
}

function checkCode(cursor: Cursor, { codes, subject, level }: CodeRule, raw: string): void {
  if (codes.has(raw) || codes.has(textOf(cursor, raw).trim())) return;
  cursor.findings.add(finding("unknownCode", placeOf(cursor), { subject, level }));
}

function textOf({ segment }: Cursor, raw: string): string {
  const { separators } = segment;
  return separators.escape !== "" && raw.includes(separators.escape)
    ? unescapeText(raw, separators)
    : raw;
}

function report(cursor: Cursor, kind: Kind, subject: string): void {
  cursor.findings.add(finding(kind, placeOf(cursor), { subject }));
}

function placeOf({ segment, field, repetition, component, subcomponent }: Cursor): string {
  const index = repetition === undefined ? "" : `[${repetition}]`;
  const part = component === 0 ? "" : `.${component}`;
  const inner = component === 0 || subcomponent === 0 ? "" : `.${subcomponent}`;
  return `${segment.at}-${field}${index}${part}${inner}`;
}

const varied: ReadonlySet<string> = new Set(["OBX-5", "MFE-4", "MFA-5"]);
