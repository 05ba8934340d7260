import type { Problem } from "@trestle/base";
import type { Group } from "./structure/group.ts";
import { warnings } from "./warnings.ts";

/** What is to be said of the orders of a message, once it is mapped. */
export function orderWarnings(root: Group): readonly Problem[] {
  return ordersIn(root).flatMap((order) => [...leftOut(order), ...differences(order)]);
}

function ordersIn({ groups }: Group): readonly Group[] {
  return groups.flatMap((group) =>
    group.name === "order" ? [group, ...ordersIn(group)] : ordersIn(group),
  );
}

/** Each segment of an order without a number, of which nothing became anything. */
function leftOut(order: Group): readonly Problem[] {
  if (madeIn(order) || isNumbered(order)) return [];
  return order.own.map(({ at }) => warnings.orderNotMapped(at));
}

function isNumbered(order: Group): boolean {
  return [...order.segments("ORC"), ...order.segments("OBR")].some(
    (segment) => !segment.field(2).isEmpty || !segment.field(3).isEmpty,
  );
}

function madeIn({ made, groups }: Group): boolean {
  return made.length > 0 || groups.some(madeIn);
}

/** ORC and OBR say by which number who ordered and who fills the order know it: it is one order. */
function differences(order: Group): readonly Problem[] {
  const [control] = order.segments("ORC");
  const [request] = order.segments("OBR");
  if (control === undefined || request === undefined) return [];
  return [2, 3].flatMap((number) => {
    const [from, other] = [control, request].map((segment) => segment.field(number));
    const numbers = [from, other].map((field) => field?.component(1).text?.trim());
    const [counted, told] = numbers;
    const isOther = counted !== undefined && told !== undefined && counted !== told;
    if (!isOther || from === undefined || other === undefined) return [];
    return [warnings.orderNumbersDiffer({ at: other.at, from: from.at })];
  });
}
