import type { Refused } from "../http/exchange.ts";
import type { Outcomes } from "../http/outcomes.ts";
import type { SearchRequest } from "./request.ts";

/**
 * Searches of staff take the first of a parameter that repeats, and an identifier before all else.
 */
export function narrowStaff(type: string, request: SearchRequest): SearchRequest {
  if (type !== "Practitioner") return request;
  const first = request.native.filter(
    ({ name }, index, all) => all.findIndex((each) => each.name === name) === index,
  );
  const identifier = first.filter(({ name }) => name === "identifier");
  return { ...request, native: identifier.length > 0 ? identifier : first };
}

/** What a search of staff lacks. */
export function staffProblem(
  type: string,
  request: SearchRequest,
  outcomes: Outcomes,
): Refused | undefined {
  if (type === "Practitioner") return practitionerProblem(request, outcomes);
  return type === "PractitionerRole" ? roleProblem(request, outcomes) : undefined;
}

function practitionerProblem({ native }: SearchRequest, outcomes: Outcomes): Refused | undefined {
  const has = (name: string): boolean => native.some((asked) => asked.name === name);
  const needsFamily = native.some(({ name }) => name === "given" || name.startsWith("address"));
  if (needsFamily && !has("family")) {
    return outcomes.refusal("4111", { diagnostics: "family is required", element: "family" });
  }
  if (has("address-city") && !has("address-state")) {
    const diagnostics = "address-state is required with address-city";
    return outcomes.refusal("4112", { diagnostics, element: "address-state" });
  }
  return undefined;
}

function roleProblem({ native }: SearchRequest, outcomes: Outcomes): Refused | undefined {
  const withoutSystem = native.find(
    ({ name, values }) => ofSystem.has(name) && values.some((value) => !/^[^|]+\|/u.test(value)),
  );
  if (withoutSystem === undefined) return undefined;
  const { name } = withoutSystem;
  return outcomes.refusal("4115", { diagnostics: `${name} requires a system`, element: name });
}

const ofSystem: ReadonlySet<string> = new Set(["identifier", "role", "specialty"]);
