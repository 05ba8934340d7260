import { elementAt, elementNames } from "@trestle/fhir/elements";
import { type OverlayProblem, aList, listInList, noList, unknown } from "./overlay-problems.ts";

/** The type of the element that a row writes; what is wrong with how it is written, its path left out. */
export interface CheckedTarget {
  readonly type?: string;
  readonly problem?: Omit<OverlayProblem, "path">;
}

/** Checks `birthDate`, `maritalStatus.coding[]` or `contact[].name` step by step. */
export function checkTarget(resourceType: string, to: string): CheckedTarget {
  let type = resourceType;
  let problem: CheckedTarget["problem"];
  let lists = 0;
  for (const step of to.split(".")) {
    const name = step.replace(/\[\]$/u, "");
    const found = elementAt(type, name);
    if (found === undefined) return { problem: unknownElement(name, type) };
    const isWritten = step.endsWith("[]");
    if (isWritten !== found.isList) problem ??= found.isList ? aList(name) : noList;
    if (found.isList) lists += 1;
    type = found.type;
  }
  if (lists > 1) problem = listInList;
  return { type, ...(problem !== undefined && { problem }) };
}

function unknownElement(name: string, type: string): Omit<OverlayProblem, "path"> {
  const { path: _path, ...problem } = unknown("element", {
    name,
    path: [],
    known: elementNames(type),
  });
  return problem;
}
