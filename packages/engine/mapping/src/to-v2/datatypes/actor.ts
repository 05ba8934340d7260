import { problems } from "../problems.ts";
import type { Node } from "../rows/node.ts";
import type { Converter } from "../rows/row.ts";
import type { Sight } from "../rows/sight.ts";
import { type Composite, type Written, isPiece } from "../rows/written.ts";
import { typeOf } from "../resource-index.ts";
import { partsOf } from "./identifier.ts";
import { whole, xcnName } from "./xpn.ts";

/**
 * XCN of a Reference to a person who works here: one repetition for each number the person has,
 * each with the name. A reference that leads nowhere in the bundle gives its identifier and display.
 *
 * @see HL7 v2.5.1, chapter 3.4.3.7 (PV1-7): several names and identifiers of one person
 */
export const xcn: Converter = (node, sight) => {
  const person = personOf(node, sight);
  if (person !== undefined) return ofPerson(person, sight);
  if (!isAboutPerson(node, sight)) return undefined;
  const display = node.child("display");
  const identifiers = node.children("identifier");
  if (display?.glance === undefined && identifiers.length === 0) {
    sight.composing.warn(problems.referenceNotHere(node.path));
    return undefined;
  }
  const line = display && whole(display, sight);
  node.child("type")?.use();
  node.child("reference")?.use();
  return numbered(identifiers, line && { components: [undefined, line] }, sight);
};

/**
 * As XCN, where a field has it as the subcomponents of its first component: NDL. Each repetition is
 * another person, so that only the first number is told.
 */
export const ndl: Converter = (node, sight, lookup) => {
  const made = xcn(node, sight, lookup);
  const [first, ...others] = made === undefined ? [] : [made].flat();
  if (others.length > 0) sight.composing.note(problems.severalNumbers(node.path));
  return first === undefined ? undefined : { components: [flat(first)] };
};

/** The Practitioner that a reference leads to, perhaps by a role. */
function personOf(node: Node, sight: Sight): Node | undefined {
  const { resources } = sight.composing;
  const found = resources.follow(node);
  const role = found !== undefined && typeOf(found) === "PractitionerRole" ? found : undefined;
  const inner = role?.child("practitioner");
  const person = inner === undefined ? found : resources.follow(inner);
  if (person === undefined || typeOf(person) !== "Practitioner") return undefined;
  for (const reference of [node, inner]) reference?.use();
  return person;
}

/** Whether a reference means a person who works here, or may mean one for all that is known. */
export function isAboutPerson(node: Node, sight: Sight): boolean {
  if (personOf(node, sight) !== undefined) return true;
  if (sight.composing.resources.follow(node) !== undefined) return false;
  const type =
    node.peek("type") ?? /(?<type>[A-Z]\w+)\/[^/]+$/u.exec(node.peek("reference") ?? "")?.[1];
  return type === undefined || type.startsWith("Practitioner");
}

function ofPerson(person: Node, sight: Sight): readonly Written[] {
  const [first] = person.children("name");
  const name = first === undefined ? undefined : xcnName(first, sight, {});
  const composite = name !== undefined && "components" in name ? name : undefined;
  return numbered(person.children("identifier"), composite, sight);
}

function numbered(
  identifiers: readonly Node[],
  name: Composite | undefined,
  sight: Sight,
): readonly Written[] {
  const numbers = identifiers.flatMap((each) => partsOf(each, sight, "provider") ?? []);
  const [, ...rest] = name?.components ?? [];
  if (numbers.length === 0) return name === undefined ? [] : [name];
  return numbers.map(({ value, authority, type }) => {
    const components = [value, ...rest];
    while (components.length < 13) components.push(undefined);
    components[8] = authority;
    components[12] = type;
    return { components };
  });
}

/** How many components CNN has, which is what stands inside of NDL. */
const ofCnn = 11;

/** A component's subcomponents cannot have parts of their own. */
function flat(written: Written): Written {
  if (isPiece(written)) return written;
  const components = written.components
    .slice(0, ofCnn)
    .map((part) =>
      part === undefined || isPiece(part)
        ? part
        : part.components.find((each) => each !== undefined),
    );
  return { components };
}
