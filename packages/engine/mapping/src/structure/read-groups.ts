import type { Hl7Message, Segment } from "@trestle/hl7v2";
import { Group } from "./group.ts";
import { type GroupName, groupKinds } from "./group-kinds.ts";

/**
 * Sorts the segments of a message into groups. What no group of the message holds, such as a
 * Z-segment, belongs to nobody and ends nothing.
 *
 * @param own Whose a site's own segments are: they go to the last such group, wherever they stand.
 */
export function readGroups(message: Hl7Message, own: OwnSegments = noSegments): Group {
  const root = new Group("message");
  const open: Group[] = [root];
  for (const segment of message.segments) {
    const owner = own.size === 0 ? undefined : own.get(segment.name);
    const group = owner === undefined ? groupFor(open, segment) : lastOf(open, owner);
    group?.add(segment);
  }
  return root;
}

/** Names of segments, and the groups that they belong to. */
export type OwnSegments = ReadonlyMap<string, GroupName>;

function lastOf(open: readonly Group[], name: GroupName): Group | undefined {
  return open.findLast((group) => group.name === name) ?? open[0];
}

function groupFor(open: Group[], segment: Segment): Group | undefined {
  const name = nameOf(open, segment);
  if (isOfVisit(open, segment)) return begin(open, "visitNote");
  if (name === "orderDocument") return beginOrderDocument(open);
  if (name !== undefined && !continues(open, segment)) return begin(open, name);
  const owner = ownerOf(open, segment);
  const isOrphan = owner === undefined && groupKinds.patient.holds.includes(segment.name);
  return isOrphan ? begin(open, "patient") : owner;
}

/** A note that follows a visit or a role in it is about the visit. */
function isOfVisit(open: readonly Group[], { name }: Segment): boolean {
  const last = open.at(-1);
  const place = last?.name === "visitRole" ? last.around : last;
  const isInPlace = place?.name === "patient" || place?.name === "visit";
  return name === "NTE" && isInPlace && place.segments("PV1").length > 0;
}

/** Which group a segment begins. A role is one in what it follows: a procedure, a visit, a patient. */
function nameOf(open: readonly Group[], segment: Segment): GroupName | undefined {
  const name = starts.get(segment.name);
  if (name === "document" && isOpen(open, "order") && isResult(open)) return "orderDocument";
  if (name !== "role") return name;
  if (["order", "specimen", "observation", "insurance"].some((kind) => isOpen(open, kind)))
    return undefined;
  if (isOpen(open, "procedure")) return "procedureRole";
  return open.some((group) => group.segments("PV1").length > 0) ? "visitRole" : "role";
}

/**
 * What begins a group elsewhere, and here belongs to one that is open: the first OBR after an ORC,
 * the first visit of a patient, the text of a document. Where results are sorted by their specimen,
 * so does the first ORC after an OBR.
 *
 * @see HL7 v2.8.2, chapters 4.4.1 (ORM) and 7.3.9 (OUL): ORC stands before OBR, or behind it
 */
function continues(open: readonly Group[], segment: Segment): boolean {
  if (isOpen(open, "document")) return segment.name === "OBX";
  if (segment.name === "PV1") return !open.some((group) => group.segments("PV1").length > 0);
  const order = open.findLast(({ name }) => name === "order");
  if (order === undefined) return false;
  const hasDocument = order.groups.some(({ name }) => name === "orderDocument");
  if (order.groups.length > 0 && !hasDocument) return false;
  if (segment.name === "ORC") return isBySpecimen(open) && order.segments("ORC").length === 0;
  return segment.name === "OBR" && order.segments("OBR").length === 0;
}

function isOpen(open: readonly Group[], kind: string): boolean {
  return open.some(({ name }) => name === kind);
}

function isBySpecimen(open: readonly Group[]): boolean {
  return kindOf(open) === "OUL";
}

/**
 * Results may have their document in the order, before its OBR or its timing.
 *
 * @see HL7 v2.8.2, chapters 7.3.1 (ORU) and 7.3.9 (OUL): the group ORDER_DOCUMENT
 */
function isResult(open: readonly Group[]): boolean {
  return ["ORU", "OUL"].includes(kindOf(open) ?? "");
}

/** MSH-9.1. */
function kindOf(open: readonly Group[]): string | undefined {
  const [header] = open[0]?.segments("MSH") ?? [];
  return header?.field(9).component(1).text;
}

/** Closes what cannot hold the segment. Leaves all open where nothing can. */
function ownerOf(open: Group[], segment: Segment): Group | undefined {
  for (let depth = open.length; depth > 0; depth -= 1) {
    const group = open[depth - 1];
    if (group?.holds(segment.name) !== true) continue;
    open.length = depth;
    return group;
  }
  return undefined;
}

/** A group whose place is missing, such as an OBX without PID, stands in the message itself. */
function begin(open: Group[], name: GroupName): Group {
  const within = placesOf(name, open);
  const isPlace = (group: Group, depth: number) =>
    within.includes(group.name) && !open.slice(0, depth).some((around) => around.name === name);
  const place = Math.max(0, open.findLastIndex(isPlace));
  const group = new Group(name, open[place]);
  open.length = place + 1;
  open[place]?.groups.push(group);
  open.push(group);
  return group;
}

/**
 * Where a group may stand. In a message about charges an order stands for itself, and those of a
 * charge behind it; elsewhere a charge is that of the order before it.
 *
 * @see HL7 v2.8.2, chapters 6.4.2 (DFT) and 4.4.1 (ORM)
 */
function placesOf(name: GroupName, open: readonly Group[]): readonly GroupName[] {
  const { within } = groupKinds[name];
  if (name !== "charge" || kindOf(open) !== "DFT") return within;
  return within.filter((place) => place !== "order");
}

/** Its content is the OBX before it, which is no result. */
function beginOrderDocument(open: Group[]): Group {
  const order = open.findLast(({ name }) => name === "order");
  const content = order && contentIn(order, isBySpecimen(open));
  if (content !== undefined) order?.groups.pop();
  const document = begin(open, "orderDocument");
  if (content !== undefined) document.takeOver(content);
  return document;
}

/**
 * The only OBX so far, where no result can stand yet and it holds a text or a file: the document
 * belongs to the ORC, and results come behind the OBR, or behind its timing where they are sorted
 * by specimen.
 */
function contentIn(order: Group, isBehindRequest: boolean): Group | undefined {
  const [first, ...others] = order.groups;
  const results = isBehindRequest ? "TQ1" : "OBR";
  if (order.segments("ORC").length === 0 || order.segments(results).length > 0) return undefined;
  const [content] = first?.name === "observation" ? first.segments("OBX") : [];
  const type = content?.field(2).text?.trim() ?? "";
  return others.length === 0 && documentTypes.has(type) ? first : undefined;
}

const documentTypes: ReadonlySet<string> = new Set(["TX", "FT", "ST", "ED", "RP"]);

const starts: ReadonlyMap<string, GroupName> = new Map(
  (Object.keys(groupKinds) as GroupName[]).flatMap((name) =>
    groupKinds[name].startsWith.map((segment): [string, GroupName] => [segment, name]),
  ),
);

const noSegments: OwnSegments = new Map();
