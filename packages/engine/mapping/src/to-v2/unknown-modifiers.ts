import type { Problem } from "@trestle/base";
import { problems } from "./problems.ts";
import { type Node, isExactNumber, isObject } from "./rows/node.ts";

/**
 * Every extension of a bundle that changes the meaning of what it stands in, as a problem. No row
 * knows any, so that a message made without it could say the opposite.
 *
 * @see HL7 FHIR R4, 2.4.1: what holds a modifierExtension that is not understood is not processed.
 */
export function unknownModifiers(resources: readonly Node[]): readonly Problem[] {
  return resources.flatMap((resource) => modifiersIn(resource, 0).map(problems.unknownModifier));
}

/** The paths of all that stand in a piece of a resource. */
function modifiersIn(node: Node, depth: number): readonly string[] {
  const { value } = node;
  if (!isObject(value) || isExactNumber(value) || depth > deepest) return [];
  return Object.keys(value).flatMap((name) =>
    node
      .children(name)
      .flatMap((child) =>
        name === "modifierExtension" ? [child.path] : modifiersIn(child, depth + 1),
      ),
  );
}

/** Deeper than any resource. */
const deepest = 40;
