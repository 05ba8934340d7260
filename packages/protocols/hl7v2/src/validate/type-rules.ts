import { type CodeTable, codeTable } from "../knowledge/code-tables.ts";
import { type PartDefinition, typeDefinition } from "../knowledge/definitions.ts";
import type { Version } from "../knowledge/versions.ts";
import type { Level } from "./findings.ts";
import type { TableProfile } from "./profile.ts";
import { type ValueCheck, valueCheck } from "./value-checks.ts";

/** How to check what stands in a field, a component or a subcomponent. */
export interface TypeRule {
  /** One for each component; empty for types without parts. */
  readonly parts: readonly PartRule[];
  readonly check?: ValueCheck;
  readonly codes?: CodeRule;
  /** The first part is the code, the third the coding system, as in CE and CWE. */
  readonly isCoded: boolean;
  /** Whether any text fits: there is nothing to check at any depth, but how many parts there are. */
  readonly isFree: boolean;
  /** The highest number of a required part; 0 where none is. */
  readonly lastRequired: number;
}

export interface PartRule extends TypeRule {
  readonly name: string;
  readonly isRequired: boolean;
}

/** Which codes may stand there, and how bad another is. */
export interface CodeRule {
  readonly level: Level;
  /** The table with its name; for the text. */
  readonly subject: string;
  /** How a coding system names the table: `HL70001`. */
  readonly system: string;
  readonly codes: ReadonlySet<string>;
}

/** What rules depend on. */
export interface Context {
  readonly version: Version;
  readonly tables: Readonly<Record<string, TableProfile>>;
}

/** The rule of a type, whose codes are those of the table where it is one for codes. */
export function typeRule(type: string, table: string | undefined, context: Context): TypeRule {
  return rule(type, table, { ...context, depth: 0 });
}

/** A list of codes that a profile gives for one field. */
export function fixedCodes(codes: readonly string[], field: string): CodeRule {
  return {
    level: "error",
    subject: `that the profile gives ${field}`,
    system: "",
    codes: new Set(codes),
  };
}

interface Deep extends Context {
  readonly depth: number;
}

function rule(type: string, table: string | undefined, deep: Deep): TypeRule {
  const isCoded = codedTypes.has(type);
  // Below subcomponents there is nothing, although a type may name itself as a part.
  const definition = deep.depth < 2 ? typeDefinition(type, deep.version) : undefined;
  const parts = (definition?.parts ?? []).map((part) => partRule(part, deep));
  const check = valueCheck(type);
  const codes =
    table !== undefined && (isCoded || parts.length === 0) ? codeRule(table, deep) : undefined;
  const isPlain = check === undefined && codes === undefined;
  return {
    parts,
    isCoded,
    isFree: isPlain && parts.every(({ isFree, isRequired }) => isFree && !isRequired),
    lastRequired: parts.findLastIndex(({ isRequired }) => isRequired) + 1,
    ...(check === undefined ? {} : { check }),
    ...(codes === undefined ? {} : { codes }),
  };
}

function partRule({ name, type, usage, table }: PartDefinition, deep: Deep): PartRule {
  const deeper = { ...deep, depth: deep.depth + 1 };
  const inner = usage === "former" ? anyText : rule(type, table, deeper);
  return { ...inner, name, isRequired: usage === "required" };
}

/** @returns Undefined for an open table, and for one whose codes the standard leaves to sites. */
function codeRule(number: string, { tables }: Context): CodeRule | undefined {
  const table = codeTable(number);
  const { add = [], only } = Object.hasOwn(tables, number) ? (tables[number] ?? {}) : {};
  if (table?.kind === "open" && only === undefined) return undefined;
  const codes = only ?? (table === undefined ? [] : [...table.codes.keys()]);
  if (codes.length === 0) return undefined;
  return {
    level: only === undefined ? tableLevel(table?.kind) : "error",
    subject: `${number}${table === undefined ? "" : ` (${table.name})`}`,
    system: `HL7${number}`,
    codes: new Set([...codes, ...add]),
  };
}

function tableLevel(kind: CodeTable["kind"] | undefined): Level {
  return kind === "hl7" ? "warning" : "note";
}

/** What was withdrawn, and what the standard does not know, has no meaning that could be checked. */
export const anyText: TypeRule = { parts: [], isCoded: false, isFree: true, lastRequired: 0 };

const codedTypes: ReadonlySet<string> = new Set(["CE", "CWE", "CNE", "CF"]);
