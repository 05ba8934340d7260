import { type Problem, type Result, fail, succeed } from "@trestle/base";
import { compile, types as typesOf } from "fhirpath";
import r4 from "fhirpath/fhir-context/r4";
import { elementAt, elementNames } from "./elements.ts";
import type { FhirResource } from "./index.ts";

/** A value that a path leads to. */
export interface PathValue {
  /** Of FHIR, such as `CodeableConcept` or `dateTime`; `Boolean` and the like of what is computed. */
  readonly type: string;
  readonly value: unknown;
}

/** A path into one type of resources. */
export interface FhirPath {
  /** The element at the top that it begins with, a choice by its name alone; empty where it has none. */
  readonly element: string;
  /**
   * What it leads to, in order; none where there is nothing.
   *
   * @throws what `fhirpath` throws where the path does not fit what the resource holds.
   */
  valuesIn(resource: FhirResource): readonly PathValue[];
}

/**
 * Reads a FHIRPath of a resource type, such as `name.family` or `value.ofType(Quantity).code`.
 *
 * Elements that R4 does not have are a problem as far as they follow one another from the beginning:
 * behind a function, as in `code.coding.where(…).kode`, nobody looks.
 *
 * @see FHIRPath (N1), and FHIR R4, 2.9.1, for choices
 */
export function readFhirPath(type: string, text: string): Result<FhirPath> {
  const valuesIn = compiled(type, text);
  if (valuesIn === undefined) return fail(notReadable);
  const steps = stepsOf(type, text);
  const unknown = unknownStep(type, steps);
  if (unknown !== undefined) return fail(unknown);
  return succeed({ element: elementOf(type, steps[0]?.name ?? ""), valuesIn });
}

function compiled(type: string, text: string): FhirPath["valuesIn"] | undefined {
  try {
    const path = { base: type, expression: text };
    const evaluate = compile(path, r4, { resolveInternalTypes: false, async: false });
    // Functions that there are not are found when they are called.
    evaluate({ resourceType: type });
    return (resource) => typed(evaluate(resource));
  } catch {
    // Its own words show the inside of its grammar, and help nobody.
    return undefined;
  }
}

function typed(values: unknown): readonly PathValue[] {
  if (!Array.isArray(values)) return [];
  const types = typesOf(values);
  return values.map((value: unknown, index) => {
    const type = (types[index] ?? "").replace(/^.*\./u, "");
    return { type, value: plain(value) };
  });
}

/** Without what the library keeps beside a value. */
function plain(value: unknown): unknown {
  return typeof value === "object" && value !== null
    ? (JSON.parse(JSON.stringify(value)) as unknown)
    : value;
}

/** A member of a path, and the type that `ofType` behind it names. */
interface Step {
  readonly name: string;
  readonly as: string | undefined;
}

/** The members that follow one another from the beginning. */
function stepsOf(type: string, text: string): readonly Step[] {
  const path = text.trim();
  const start = path.startsWith(`${type}.`) ? type.length + 1 : 0;
  const steps: Step[] = [];
  step.lastIndex = start;
  for (let found = step.exec(path); found !== null; found = step.exec(path)) {
    steps.push({ name: found[1] ?? "", as: found[2] });
  }
  return steps;
}

/** A name that no parenthesis follows, for then it is a function. */
const step = /\.?([A-Za-z]+)(?![A-Za-z]*\s*\()(?:\.ofType\((?:FHIR\.)?([A-Za-z]+)\))?/uy;

function unknownStep(type: string, steps: readonly Step[]): Problem | undefined {
  let here = type;
  for (const { name, as } of steps) {
    const found = elementAt(here, as === undefined ? name : name + capital(as));
    if (found === undefined && elementAt(here, name) === undefined && !isChoice(here, name))
      return noElement(here, name);
    // Behind a choice whose type is open, and in what may hold any resource, nothing is known.
    if (found === undefined || found.type === "Resource") return undefined;
    here = found.type;
  }
  return undefined;
}

/** `value` of `valueQuantity`; the name itself where it is no form of a choice. */
function elementOf(type: string, name: string): string {
  for (let length = name.length - 1; length > 0; length -= 1) {
    const base = name.slice(0, length);
    if (isChoice(type, base) && isFormOf(name, base)) return base;
  }
  return name;
}

/** Whether R4 has this element in several types, each under a name of its own. */
function isChoice(type: string, name: string): boolean {
  const names = elementNames(type);
  return !names.includes(name) && names.filter((each) => isFormOf(each, name)).length > 1;
}

function isFormOf(element: string, name: string): boolean {
  return element.startsWith(name) && /^[A-Z]/u.test(element.slice(name.length));
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function noElement(type: string, name: string): Problem {
  return {
    code: "fhir.noSuchElement",
    text: `${type} has no element “${name}”.`,
    hint: "Write it as FHIR R4 does; a choice such as value[x] is value, or value.ofType(Quantity).",
  };
}

const notReadable: Problem = {
  code: "fhir.pathNotReadable",
  text: "This is no FHIRPath.",
  hint: "Write a path such as name.family or value.ofType(Quantity).code.",
};
