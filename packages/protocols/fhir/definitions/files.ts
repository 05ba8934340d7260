import { readDefinitions } from "./read-definitions.ts";
import { readCodeSystems } from "./read-code-systems.ts";
import { readModifiers } from "./read-modifiers.ts";
import { readSearchedElements } from "./read-searched-elements.ts";

/** The files in src/ that are made from the R4 definitions, each with what makes it. */
export const files: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
  "code-systems.json": readCodeSystems,
  "elements.json": readDefinitions,
  "modifiers.json": readModifiers,
  "searched-elements.json": readSearchedElements,
};
