import { type Element, structures } from "./structures.ts";

/** Of each type of R4 and each structure inside of one: its own elements with their types. */
export type Elements = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * The elements that FHIR R4 defines, without those that every element or every resource has.
 *
 * `name` is `HumanName[]` where it repeats; a choice such as `value[x]` stands once for each of its
 * types; a structure inside of a type is named by its path, `Patient.contact`.
 */
export function readDefinitions(): Elements {
  const found: Record<string, Record<string, string>> = {};
  for (const file of ["profiles-types", "profiles-resources"] as const) {
    for (const { snapshot } of structures(file)) {
      for (const element of snapshot?.element ?? []) add(element, found);
    }
  }
  return found;
}

function add(element: Element, found: Record<string, Record<string, string>>): void {
  const steps = element.path.split(".");
  const name = steps.pop() ?? "";
  const owner = steps.join(".");
  const [origin = ""] = (element.base?.path ?? "").split(".");
  const isCommon = common.has(origin) && origin !== owner;
  if (owner === "" || isCommon || element.max === "0") return;
  const elements = (found[owner] ??= {});
  for (const [each, type] of typesOf(name, element)) {
    elements[each] = element.max === "1" ? type : `${type}[]`;
  }
}

function typesOf(name: string, element: Element): readonly (readonly [string, string])[] {
  if (element.contentReference !== undefined) {
    return [[name, element.contentReference.replace(/^.*#/u, "")]];
  }
  const codes = (element.type ?? []).map(({ code }) =>
    code.replace(/^.*\/System\./u, "").replace(/^String$/u, "string"),
  );
  const [only = "string"] = codes;
  if (!name.endsWith("[x]")) return [[name, backbones.has(only) ? element.path : only]];
  const base = name.slice(0, -"[x]".length);
  return codes.map((code) => [`${base}${code.charAt(0).toUpperCase()}${code.slice(1)}`, code]);
}

const common = new Set(["Element", "BackboneElement", "Resource", "DomainResource"]);
const backbones = new Set(["Element", "BackboneElement"]);
