import parameters from "./parameters.json" with { type: "json" };

/** How a value that is asked for is compared. */
export type ParameterKind = "token" | "date" | "string" | "reference";

/** One step of a path: a member, and which items of its list are kept. */
export interface Step {
  readonly name: string;
  readonly where?: { readonly name: string; readonly value: string };
}

export interface SearchPath {
  readonly steps: readonly Step[];
  /** Only references to this type count. */
  readonly target?: string;
}

/** Where a search parameter looks. */
export interface SearchParameter {
  readonly kind: ParameterKind;
  readonly paths: readonly SearchPath[];
}

/** How a search parameter of a type is found; undefined where it finds nothing in a resource. */
export function searchParameter(type: string, name: string): SearchParameter | undefined {
  return compiled.get(`${type} ${name}`);
}

function compile(text: string): SearchParameter {
  const [kind = "", ...paths] = text.split(" ");
  return { kind: kindOf(kind), paths: paths.map(pathOf) };
}

function kindOf(kind: string): ParameterKind {
  if (kind === "token" || kind === "date" || kind === "reference") return kind;
  return "string";
}

function pathOf(text: string): SearchPath {
  const [path = "", target] = text.split(">");
  // A dot inside of brackets belongs to an address.
  const steps = path.match(/[^.[]+(?:\[[^\]]*\])?/gu) ?? [];
  return { steps: steps.map(stepOf), ...(target === undefined ? {} : { target }) };
}

function stepOf(text: string): Step {
  const found = /^(?<step>[^[]+)\[(?<name>[^=]+)=(?<value>[^\]]*)\]$/u.exec(text)?.groups;
  if (found === undefined) return { name: text };
  return {
    name: found["step"] ?? "",
    where: { name: found["name"] ?? "", value: found["value"] ?? "" },
  };
}

const written: Readonly<Record<string, Readonly<Record<string, string>>>> = parameters;

const compiled: ReadonlyMap<string, SearchParameter> = new Map(
  Object.entries(written).flatMap(([type, own]) =>
    Object.entries(own).map(([name, text]) => [`${type} ${name}`, compile(text)] as const),
  ),
);
