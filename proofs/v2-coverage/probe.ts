import { fieldLabel } from "@trestle/hl7v2";
import { type MappingSite, type Source, codeTables, createMapper } from "@trestle/mapping";
import { type ExtensionUrls, leavesAt } from "./element.ts";
import type { ProbeMessage } from "./probe-message.ts";
import { type Requirement, requirementsOf } from "./condition.ts";
import { type PublishedCode, type PublishedRow, publishedCodes } from "./published-tables.ts";
import { hostsOf } from "./hosts.ts";
import { type Leaf, Tree } from "./result-tree.ts";
import { samplesOf } from "./sample-values.ts";

/** The resource type that a published segment table fills: `Patient` of `PID[Patient]`. */
export function typeOfTable(table: string): string {
  return /\[(?<type>[A-Za-z]+)/u.exec(table)?.groups?.["type"] ?? "";
}

/**
 * Whether a field reaches an element: some message in which just that field is filled beyond what
 * its resource needs gives a value there that has the field as its source. A constant of the table
 * counts where it stands beside such a value, or only because the field is filled.
 */
export function reaches(row: PublishedRow, at: Where): boolean {
  const { constant } = row;
  return probesOf(row).some(({ probe, without }) => {
    const tree = treeOf(probe);
    const leaves = leavesAt(tree, at);
    if (constant === undefined) return leaves.some((leaf) => isFrom(leaf, row.from));
    const there = leaves.filter(({ value }) => String(value) === constant);
    if (there.some(({ path }) => isBeside(tree, path, row.from))) return true;
    const before = new Set(
      leavesAt(treeOf(without), at).map(({ path, value }) => `${path} ${String(value)}`),
    );
    return there.some(({ path, value }) => !before.has(`${path} ${String(value)}`));
  });
}

/** An element of a resource, in a table that gives extensions their urls. */
export interface Where {
  readonly type: string;
  readonly element: string;
  readonly urls: ExtensionUrls;
}

/** A constant of the resource as a whole needs no neighbour; one of an item of a list does. */
function isBeside(tree: Tree, path: string, field: string): boolean {
  const item = /^(?<item>entry\[\d+\]\.resource\..*\])\./u.exec(path)?.groups?.["item"];
  return item === undefined || tree.leavesBelowPath(item).some(({ source }) => isOf(source, field));
}

/** The messages that try a row: each host, with each sample, under the row's condition. */
function probesOf(row: PublishedRow): readonly Probe[] {
  const segment = row.from === "" ? row.table.slice(0, 3) : row.from.slice(0, 3);
  const required = requirementsOf(row.condition) ?? [];
  return hostsOf(segment).flatMap((host) =>
    valuesFor(row, required).map((value) => ({
      probe: probeOf(host, { row, value, required }),
      without: probeOf(host, { row, value: row.from === "" ? undefined : "", required: [] }),
    })),
  );
}

/** A message with a field filled, and the same without it. */
interface Probe {
  readonly probe: ProbeMessage;
  readonly without: ProbeMessage;
}

function probeOf(host: ProbeMessage, { row, value, required }: Filling): ProbeMessage {
  const filled = value === undefined ? host : host.with(row.from, value);
  return required.reduce((message, each) => satisfied(message, each, row), filled);
}

interface Filling {
  readonly row: PublishedRow;
  readonly value: string | undefined;
  readonly required: readonly Requirement[];
}

function satisfied(message: ProbeMessage, required: Requirement, row: PublishedRow): ProbeMessage {
  const at = placeFor(required.place, row);
  const there = message.at(at);
  const { segment = "", field = "" } = /^(?<segment>...)-(?<field>\d+)/u.exec(at)?.groups ?? {};
  const [sample = ""] = samplesOf(fieldLabel(segment, Number(field))?.type ?? "ST");
  if (required.isRepeated === true)
    return message.with(at, `${there || sample}~${there || sample}`);
  if (required.values !== undefined) return message.with(at, required.values[0] ?? "");
  return there === "" ? message.with(at, at.includes(".") ? "77" : sample) : message;
}

/** `ORC.1` is written for ORC-1; `CX.5` is the fifth component of the field at hand. */
function placeFor(place: string, row: PublishedRow): string {
  const name = /^[A-Z\d]+/u.exec(place)?.[0] ?? "";
  if (name === row.from.slice(0, 3) || /^...-/u.test(place))
    return place.replace(/^(?<name>...)\./u, "$<name>-");
  return `${row.from}.${place.split(".").at(-1) ?? ""}`;
}

function valuesFor(
  row: PublishedRow,
  required: readonly Requirement[],
): readonly (string | undefined)[] {
  if (row.from === "") return [undefined];
  const type =
    row.dataType === "varies" || row.dataType === "Varies"
      ? variableType(required, row)
      : row.dataType;
  const codes = codesFor(row.codeTable)
    .slice(0, 4)
    .map(({ local }) => (type === "CWE" ? `${local}^Words77` : local));
  return [...new Set([...codes, ...samplesOf(type)])];
}

/** OBX-5 is of the type that OBX-2 names. */
function variableType(required: readonly Requirement[], row: PublishedRow): string {
  const named = required.find(({ place }) => place === "OBX-2")?.values?.[0];
  return named ?? /^(?<type>[A-Z]{2,3})\[/u.exec(row.dataTypeTable)?.groups?.["type"] ?? "ST";
}

/** The codes of a published table that it maps; some tables call others by a name with blanks. */
export function codesFor(name: string): readonly PublishedCode[] {
  codes ??= publishedCodes();
  const plain = name.replaceAll(/[\s/]/gu, "");
  const rows = codes.get(name) ?? codes.get(plain) ?? [];
  return rows.filter(({ code }) => code !== "");
}

function isFrom({ path, source }: Leaf, field: string): boolean {
  return isOf(source, field) && !/(?:\.id|\.fullUrl|\.reference)$/u.test(path);
}

function isOf(source: Source | undefined, field: string): boolean {
  const bare = source?.field?.replaceAll(/\[\d+\]/gu, "");
  return bare !== undefined && (bare === field || bare.startsWith(`${field}.`));
}

/** What a probe maps to; many rows try the same one. */
function treeOf(probed: ProbeMessage): Tree {
  const text = probed.print();
  const known = trees.get(text);
  if (known !== undefined) return known;
  const tree = new Tree(mapper.explain(probed.parse(), site));
  trees.set(text, tree);
  return tree;
}

const trees = new Map<string, Tree>();

const mapper = createMapper();
const site: MappingSite = {
  id: "proof",
  timeZone: "America/Chicago",
  tables: codeTables(new Map()),
};
let codes: ReadonlyMap<string, readonly PublishedCode[]> | undefined;
