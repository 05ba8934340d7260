import type { Node } from "../rows/node.ts";
import type { Converter } from "../rows/row.ts";
import type { Sight } from "../rows/sight.ts";
import { pieceOf } from "./text.ts";
import type { Piece } from "../rows/written.ts";
import { typeOf } from "../resource-index.ts";
import { partsOf } from "./identifier.ts";

/** XON of a Reference to an Organization. XON.10 took the place of XON.3 in version 2.5. */
export const xon: Converter = (node, sight) => {
  const found = sight.composing.resources.follow(node);
  if (found !== undefined && typeOf(found) !== "Organization") return undefined;
  if (found === undefined && !isAbout(node, "Organization")) return undefined;
  node.use();
  const name = pieceOf(found?.child("name")) ?? pieceOf(node.child("display"));
  const [first] = (found ?? node).children("identifier");
  const parts = first === undefined ? undefined : partsOf(first, sight, "organization");
  if (name === undefined && parts === undefined) return undefined;
  const { value, authority, type } = parts ?? {};
  const { isModern } = sight.composing;
  const [old, modern] = isModern ? [undefined, value] : [value, undefined];
  return {
    components: [
      name,
      undefined,
      old,
      undefined,
      undefined,
      authority,
      type,
      undefined,
      undefined,
      modern,
    ],
  };
};

/**
 * PL of a Reference to a Location: point of care, room and bed from the place and those it is part
 * of, by their physical types; the facility from who manages them.
 */
export const pl: Converter = (node, sight) => {
  const places = chainOf(node, sight);
  if (places.length === 0) {
    const display = isAbout(node, "Location") ? pieceOf(node.child("display")) : undefined;
    return display && { components: [...nothing(8), display] };
  }
  node.use();
  const ward = places.find((place) => !isRoom(place) && !isBed(place));
  const code = ward && (localId(ward, sight, "location") ?? pieceOf(ward.child("name")));
  const [room, bed] = roomAndBed(places, code?.text ?? "");
  const facility = places.flatMap((place) => facilityOf(place, sight) ?? [])[0];
  const name = ward && pieceOf(ward.child("name"));
  const department = ward && localId(ward, sight, "department");
  return {
    components: [code, room, bed, facility, ...nothing(4), name, undefined, department],
  };
};

/** The place and what it is part of, innermost first; at most four. */
function chainOf(node: Node, sight: Sight): readonly Node[] {
  const chain: Node[] = [];
  let next: Node | undefined = node;
  while (next !== undefined && chain.length < longestChain) {
    const found = sight.composing.resources.follow(next);
    if (found === undefined || typeOf(found) !== "Location") break;
    if (chain.length > 0) next.use();
    chain.push(found);
    next = found.child("partOf");
  }
  return chain;
}

/** Names as people at the site say them, without the names of what is around. */
function roomAndBed(places: readonly Node[], ward: string): readonly (Piece | undefined)[] {
  const room = places.find(isRoom);
  const bed = places.find(isBed);
  const roomName = room && shortName(room, ward);
  const bedName = bed && shortName(bed, ward);
  if (room !== undefined || bedName === undefined) {
    const inner = bed && shortName(bed, roomName?.text ?? ward);
    return [roomName, inner];
  }
  // A bed without a room of its own is named by both, `412 A`.
  const cut = bedName.text.indexOf(" ");
  if (cut === -1) return [undefined, bedName];
  return [
    { ...bedName, text: bedName.text.slice(0, cut) },
    { ...bedName, text: bedName.text.slice(cut + 1) },
  ];
}

function shortName(place: Node, around: string): Piece | undefined {
  const name = pieceOf(place.child("name"));
  const isLonger = around !== "" && name?.text.startsWith(`${around} `) === true;
  place.child("physicalType")?.use();
  return name && isLonger ? { ...name, text: name.text.slice(around.length + 1) } : name;
}

/** The number of a place: the one that the mapping took from that kind of component, else any. */
function localId(place: Node, sight: Sight, kind: string): Piece | undefined {
  const own = `urn:trestle:${encodeURIComponent(sight.composing.site.id)}:${kind}`;
  const identifiers = place.children("identifier");
  const other = kind === "location" ? identifiers.find((each) => !isOwnSystem(each)) : undefined;
  const found = identifiers.find((each) => each.peek("system") === own) ?? other;
  const value = pieceOf(found?.child("value"));
  if (value !== undefined) found?.use();
  return value;
}

function isOwnSystem(identifier: Node): boolean {
  return identifier.peek("system")?.startsWith("urn:trestle:") === true;
}

function facilityOf(place: Node, sight: Sight): Piece | undefined {
  const reference = place.child("managingOrganization");
  const found = reference && sight.composing.resources.follow(reference);
  if (reference === undefined) return undefined;
  reference.use();
  found?.use();
  const [first] = found?.children("identifier") ?? [];
  return (
    pieceOf(first?.child("value")) ??
    pieceOf(found?.child("name")) ??
    pieceOf(reference.child("display"))
  );
}

function isRoom(place: Node): boolean {
  return physicalType(place) === "ro";
}

function isBed(place: Node): boolean {
  return physicalType(place) === "bd";
}

function physicalType(place: Node): string {
  return place.along(["physicalType", "coding"])[0]?.peek("code") ?? "";
}

function isAbout(node: Node, type: string): boolean {
  const said = node.peek("type");
  if (said !== undefined) return said === type;
  const written = node.peek("reference");
  return written === undefined || written.startsWith(`${type}/`) || written.startsWith("urn:");
}

function nothing(count: number): readonly undefined[] {
  return Array.from({ length: count }, () => undefined);
}

const longestChain = 4;
