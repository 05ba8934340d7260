import { gatewayErrors } from "./errors.ts";
import type { Parameter } from "./needs.ts";

/** A search, parted into what a site is asked and what the hub does itself. */
export interface PartedSearch {
  readonly forSite: readonly Parameter[];
  /** Elements of the matches that are asked for; undefined where all are. */
  readonly elements: readonly string[] | undefined;
}

/**
 * Takes out of a search what the hub answers itself, the same at every site. A site is asked for
 * whole resources: scopes and the access record are decided by elements that `_elements` and
 * `_summary` would leave out.
 *
 * @throws {TrestleError} `gateway.parameterNotServed`
 */
export function partedSearch(parameters: readonly Parameter[]): PartedSearch {
  if (!parameters.every(isServed)) throw gatewayErrors.parameterNotServed();
  const forSite = parameters.filter(([name]) => !own.has(name));
  const lists = parameters.flatMap(([name, value]) => (name === "_elements" ? [value] : []));
  const named = lists.flatMap((list) => list.split(",")).map((each) => each.trim());
  return { forSite, elements: lists.length === 0 ? undefined : named };
}

function isServed([name, value]: Parameter): boolean {
  if (name === "_summary") return value === "false";
  return name !== "_format" || /\bjson$/iu.test(value);
}

const own: ReadonlySet<string> = new Set(["_elements", "_summary", "_format", "_pretty"]);
