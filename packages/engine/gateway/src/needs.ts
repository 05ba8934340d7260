import { type QueryPart, type ResourceScope, parseScopes } from "@trestle/smart";

/** What an application needs of every site. */
export interface Needs {
  /** SMART scopes, such as `system/Observation.rs?category=laboratory`. */
  readonly scopes: readonly string[];
  /** By resource type the elements that reach the application; all of a type that is left out. */
  readonly elements: Readonly<Record<string, readonly string[]>>;
}

/** A search or a read of one type, as far as scopes decide about it. */
export interface Asked {
  readonly type: string;
  readonly permission: "r" | "s";
  readonly parameters: readonly Parameter[];
}

/** A search, and the query of the scope that allows it, which all that it gives must match. */
export interface Narrowed {
  readonly parameters: readonly Parameter[];
  readonly query: readonly QueryPart[];
}

export type Parameter = readonly [name: string, value: string];

/**
 * What of a request the scopes allow: the request itself, or where they allow only some resources of
 * the type, the searches that together give those. Empty where nothing is allowed.
 *
 * `Observation?patient=1` under `system/Observation.rs?category=laboratory` becomes
 * `Observation?patient=1&category=laboratory`.
 */
export function allowedSearches(needs: Needs, asked: Asked): readonly Narrowed[] {
  const scopes = scopesFor(needs, asked);
  if (scopes.some(({ query }) => query.length === 0))
    return [{ parameters: asked.parameters, query: [] }];
  return scopes.flatMap(({ query }) => {
    const narrowed = narrow(asked.parameters, query);
    return narrowed === undefined ? [] : [{ parameters: narrowed, query }];
  });
}

/** The queries of which a resource that was read must match one; undefined where any may be read. */
export function allowedReads(
  needs: Needs,
  asked: Asked,
): readonly (readonly QueryPart[])[] | undefined {
  const queries = scopesFor(needs, asked).map(({ query }) => query);
  return queries.some((query) => query.length === 0) ? undefined : queries;
}

/** Whether nothing of any type is kept back, so that no search finds out more than is given. */
export function needsEverything(needs: Needs): boolean {
  const isAllTypes = scopesFor(needs, { type: "*", permission: "s" }).some(
    ({ query }) => query.length === 0,
  );
  return isAllTypes && Object.keys(needs.elements).length === 0;
}

/** Those of the application's own access; a patient's or user's is for who is in a launch. */
function scopesFor(
  needs: Needs,
  { type, permission }: Omit<Asked, "parameters">,
): readonly ResourceScope[] {
  return parseScopes(needs.scopes.join(" ")).filter(
    (scope): scope is ResourceScope =>
      scope.kind === "resource" &&
      scope.context === "system" &&
      (scope.resourceType === "*" || scope.resourceType === type) &&
      scope.permissions.includes(permission),
  );
}

/** The parameters with what the scope adds; undefined where they ask for something else. */
function narrow(
  parameters: readonly Parameter[],
  query: readonly QueryPart[],
): readonly Parameter[] | undefined {
  const added: Parameter[] = [];
  for (const { name, values } of query) {
    const given = parameters.filter(([each]) => each === name);
    if (given.length === 0) added.push([name, values.join(",")]);
    else if (!given.every(([, value]) => value.split(",").every((one) => isAmong(one, values))))
      return undefined;
  }
  return [...parameters, ...added];
}

/** A value without a system is among those that name it with one: it asks for no more than they do. */
export function isAmong(value: string, values: readonly string[]): boolean {
  return values.some((each) => each === value || (!each.includes("|") && codeOf(value) === each));
}

function codeOf(token: string): string {
  return token.slice(token.lastIndexOf("|") + 1);
}
