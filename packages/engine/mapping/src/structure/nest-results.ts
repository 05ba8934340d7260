import type { Reference } from "@trestle/fhir";
import type { Segment } from "@trestle/hl7v2";
import type { Built, Draft } from "../rows/draft.ts";
import { type Part, inside, isWritten, textIn } from "../rows/part.ts";
import { warnings } from "../warnings.ts";
import type { Group } from "./group.ts";

/**
 * Writes into each result which other results belong to it. Two things say so: OBX-4, where `1.2`
 * stands below `1` of the same order; and OBR-26, which names the result that an order was made
 * for, as susceptibilities are for an organism. What fits several results is left alone; where OBR-26
 * does, or fits none, a warning says so.
 *
 * @see HL7 v2.8.2, chapters 7.4.1.26 (OBR-26), 7.4.1.29 (OBR-29) and 7.4.2.4 (OBX-4)
 */
export function nestResults(draft: Draft, patient: Group): void {
  const orders = ordersIn(patient);
  for (const order of orders) {
    const cause = causeOf(draft, order, orders);
    for (const result of order.results) {
      const above = aboveInOrder(result, order);
      if (above !== undefined && result.subId !== undefined) {
        join(draft, above, { member: result, part: result.subId });
      } else if (cause !== undefined) {
        join(draft, cause.result, { member: result, part: cause.part });
      }
    }
  }
}

interface Result {
  readonly built: Built;
  readonly segment: Segment;
  readonly subId: Part | undefined;
}

interface Order {
  readonly group: Group;
  readonly results: readonly Result[];
}

function ordersIn(group: Group): readonly Order[] {
  if (group.name === "order") return [{ group, results: resultsOf(group) }];
  return group.groups.flatMap(ordersIn);
}

function resultsOf({ groups }: Group): readonly Result[] {
  return groups.flatMap((group) => {
    const [segment] = group.segments("OBX");
    const built = group.made.find(({ resource }) => resource.resourceType === "Observation");
    if (segment === undefined || built === undefined) return [];
    const [subId] = segment.field(4).repetitions;
    return [{ built, segment, subId }];
  });
}

/** The one result of the order whose OBX-4 is that of this one without its last number. */
function aboveInOrder({ subId }: Result, { results }: Order): Result | undefined {
  const shape = /^(?<above>.+)\.[^.]+$/u;
  const above = shape.exec(textOfSubId(subId))?.groups?.["above"];
  return above === undefined
    ? undefined
    : only(results.filter((other) => textOfSubId(other.subId) === above));
}

/** The one result that OBR-26 names, in the order that OBR-29 names where it names one. */
function causeOf(draft: Draft, { group }: Order, orders: readonly Order[]) {
  const [request] = group.segments("OBR");
  const [part] = request?.field(26).repetitions ?? [];
  if (request === undefined || part === undefined) return undefined;
  const code = textIn(inside(part, 1), 1);
  const subId = textIn(part, 2) ?? "";
  const parents = orders.filter((order) => order.group !== group && isNamed(order, request));
  const fitting = parents.flatMap(({ results }) =>
    results.filter(({ segment, subId: own }) => {
      const isCode = segment.field(3).component(1).text === code;
      return isCode && (subId === "" || textOfSubId(own) === subId);
    }),
  );
  const result = only(fitting);
  if (result === undefined && isWritten(part)) draft.warn(warnings.parentResultNotFound(part.at));
  return result && { result, part };
}

/** OBR-29 has the number of who ordered, then that of who filled; either will do, and so will none. */
function isNamed({ group }: Order, request: Segment): boolean {
  const [parent] = request.field(29).repetitions;
  if (parent === undefined) return true;
  return [1, 2].some((number) => {
    const wanted = textIn(inside(parent, number), 1);
    return wanted !== undefined && numbersOf(group, number).includes(wanted);
  });
}

/** ORC-2 and OBR-2 are the placer's, ORC-3 and OBR-3 the filler's. */
function numbersOf(group: Group, number: number): readonly (string | undefined)[] {
  const segments = [...group.segments("ORC"), ...group.segments("OBR")];
  return segments.map((segment) => textIn(segment.field(number + 1), 1));
}

function join(draft: Draft, above: Result, { member, part }: { member: Result; part: Part }): void {
  const { resource } = above.built;
  if (member.built === above.built) return;
  const members = (resource["hasMember"] ??= []) as Reference[];
  if (members.includes(member.built.reference)) return;
  draft.trace?.note(members, members.length, { part });
  members.push(member.built.reference);
}

/** OBX-4 as written; where it has components, as an OG has them, the first. */
function textOfSubId(part: Part | undefined): string {
  return part === undefined ? "" : (textIn(part, 1) ?? "");
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
