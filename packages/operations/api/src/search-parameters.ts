import type { Parameter } from "@trestle/gateway";

/** The parameters of a query in which a name may be repeated. */
export function parametersOf(
  query: Readonly<Record<string, string | readonly string[]>>,
): readonly Parameter[] {
  return Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value): Parameter => [name, value]),
  );
}
