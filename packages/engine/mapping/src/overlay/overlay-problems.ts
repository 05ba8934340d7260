import type { Problem } from "@trestle/base";

/** What is wrong in an overlay, at a key or value of it. */
export interface OverlayProblem extends Omit<Problem, "at"> {
  readonly path: readonly PropertyKey[];
  /** Its key is wrong, not its value. */
  readonly part?: "key";
  /** Where a name is not known: those that would be. */
  readonly known?: readonly string[];
}

/** A name that is not known here; who prints it adds what was probably meant. */
export function unknown(
  what: string,
  { name, path, known }: { name: string; path: readonly PropertyKey[]; known: readonly string[] },
): OverlayProblem {
  return {
    path,
    code: `mapping.unknown${what.charAt(0).toUpperCase()}${what.slice(1)}`,
    text: `There is no ${what} “${name}” here.`,
    hint: "",
    known,
  };
}

export const noTarget = {
  code: "mapping.noTarget",
  text: "A row that is added must say where its value goes.",
  hint: "Add `to`, such as `birthDate` or `name[]`, or `extension` with `value`.",
};

export const noSource = {
  code: "mapping.noSource",
  text: "A row that is added must say where its value comes from.",
  hint: "Add `from` with a field, `firstOf` with several, or `is` with a constant.",
};

export const takenName = {
  code: "mapping.takenRow",
  text: "The map has a row of this name already.",
  hint: "Choose another name, or write `change: replace`.",
};

export const noPlace = {
  code: "mapping.badPlace",
  text: "This is no place in a message.",
  hint: "Write a segment and a field, such as PID-7, or a component, such as PID-5.2.",
};

export const noList = {
  code: "mapping.noList",
  text: "This element has one value and is no list.",
  hint: "Write it without [].",
};

export const notOwn = {
  code: "mapping.notOwnSegment",
  text: "Only a segment of the site's own, whose name begins with Z, can be given to a group.",
  hint: "Remove it: where the segments of the standard belong is known.",
};

export const listInList = {
  code: "mapping.listInList",
  text: "A row can write one list, and this is a list in another.",
  hint: "Write to the outer list, or use a transform.",
};

export const changedTwice = {
  code: "mapping.changedTwice",
  text: "A change above changes this row already.",
  hint: "Keep one of them: say all in one `replace`, or remove the row.",
};

export const severalSources = {
  code: "mapping.severalSources",
  text: "The row says more than once where its value comes from.",
  hint: "Keep one of `from`, `firstOf` and `is`.",
};

export const emptyList = {
  code: "mapping.emptyList",
  text: "Nothing is listed here.",
  hint: "Fill it, or remove the key.",
};

export const constantAsIs = {
  code: "mapping.constantAsIs",
  text: "A constant goes over as it is, and nothing converts it.",
  hint: "Remove this key, or read a field in place of `is`.",
};

export const noExtension = {
  code: "mapping.noExtension",
  text: "`value` names the element of an extension, and the row makes none.",
  hint: "Add `extension` with its address, or remove `value`.",
};

export const notAnExtension = {
  code: "mapping.notAnExtension",
  text: "This element takes no extension as its value.",
  hint: "Write `to: extension[]`, or leave `to` out.",
};

export function wrongConstant(expected: string) {
  return {
    code: "mapping.wrongConstant",
    text: "The constant has not the shape that FHIR gives the element.",
    hint: `Write ${expected}.`,
  };
}

export function wrongConverter(given: { as: string; type: string; fitting: readonly string[] }) {
  const { as, type, fitting } = given;
  return {
    code: "mapping.wrongConverter",
    text: `${as} does not make what the element holds: a ${type}.`,
    hint:
      fitting.length === 0
        ? "No converter does. Use a transform."
        : `These do: ${fitting.join(", ")}.`,
  };
}

export function noSegment(segment: string) {
  return {
    code: "mapping.unknownSegment",
    text: `The standard has no segment ${segment}.`,
    hint: "A segment of the site's own begins with Z. If the site does send it, name it in profile.yaml.",
  };
}

export function noField(segment: string, field: number) {
  return {
    code: "mapping.unknownField",
    text: `The standard has no ${segment}-${field}.`,
    hint: `If the site does send it, name it in profile.yaml under segments.${segment}.fields.`,
  };
}

export function noComponent(field: string, component: number) {
  return {
    code: "mapping.unknownComponent",
    text: `${field} has no component ${component} in the standard.`,
    hint: "If the site does send it, give the field the data type that has it in profile.yaml.",
  };
}

export function aList(name: string) {
  return {
    code: "mapping.aList",
    text: "This element is a list.",
    hint: `Write ${name}[].`,
  };
}

export function noConverter(type: string) {
  return {
    code: "mapping.noConverter",
    text: `What becomes of the value must be said: the element is a ${type}.`,
    hint: "Add `as`. Such an element needs a transform where no converter fits.",
  };
}

export function ownSegment(segment: string) {
  return {
    code: "mapping.ownSegment",
    text: `Whose ${segment} is must be said.`,
    hint: `Add it under \`segments\`, such as \`${segment}: patient\`.`,
  };
}
