import type { Problem } from "@trestle/base";
import { problems } from "./problems.ts";
import { type ResourceIndex, typeOf } from "./resource-index.ts";
import type { Node } from "./rows/node.ts";

/** The visit that a resource belongs to, or else that names the resource; undefined where it is not in the bundle. */
export function visitOf(resource: Node, resources: ResourceIndex): Node | undefined {
  for (const reference of visitReferences(resource)) {
    const found = resources.follow(reference);
    if (found === undefined || typeOf(found) !== "Encounter") continue;
    reference.use();
    return found;
  }
  const names = (visit: Node) =>
    visit.children("appointment").map((each) => resources.follow(each));
  return resources
    .ofType("Encounter")
    .find((visit) => names(visit).some((each) => each?.path === resource.path));
}

/**
 * A message has one PV1 and one account: what belongs to another visit or account than its first
 * resource cannot go with it.
 */
export function otherVisit(
  resource: Node,
  focus: Node,
  resources: ResourceIndex,
): readonly Problem[] {
  return [visitReferences, accountReferences].flatMap((references) => {
    const [own] = references(focus);
    const [other] = references(resource);
    if (own === undefined || other === undefined) return [];
    if (keyOf(own, resources) !== keyOf(other, resources)) return [problems.otherVisit(other.path)];
    if (resource.path !== focus.path) other.use();
    return [];
  });
}

/** Where resources name their visit. */
function visitReferences(resource: Node): readonly Node[] {
  const ways = [["encounter"], ["context", "encounter"], ["context"]];
  return ways.flatMap((way) => resource.along(way)).filter(isReference);
}

function accountReferences(resource: Node): readonly Node[] {
  return typeOf(resource) === "ChargeItem" ? resource.children("account") : [];
}

function isReference(node: Node): boolean {
  return node.child("reference") !== undefined || node.child("identifier") !== undefined;
}

function keyOf(reference: Node, resources: ResourceIndex): string {
  const found = resources.follow(reference);
  if (found !== undefined) return found.path;
  const number = reference.child("identifier");
  if (number === undefined) return reference.peek("reference") ?? "";
  return `${number.peek("system") ?? ""}|${number.peek("value") ?? ""}`;
}
