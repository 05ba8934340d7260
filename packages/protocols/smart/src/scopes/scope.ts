/** One part of an OAuth scope string: rights on FHIR resources, or a word. */
export type Scope = ResourceScope | WordScope;

/**
 * Rights on resources of a type.
 *
 * @see SMART App Launch 2.2, "Scopes for requesting FHIR resources"
 */
export interface ResourceScope {
  readonly kind: "resource";
  /** Whose resources: those of the patient in context, those the user may see, or all of them. */
  readonly context: ScopeContext;
  /** `*` stands for every type. */
  readonly resourceType: string;
  /** In the order `cruds`, each at most once, never empty. */
  readonly permissions: readonly Permission[];
  /** All of these must hold; empty for every resource of the type. */
  readonly query: readonly QueryPart[];
}

/**
 * Everything else: `openid`, `launch/patient`, `offline_access`, and what some servers grant
 * instead of scopes, such as `Patient.read`. Equal words are equal, and nothing more is known.
 */
export interface WordScope {
  readonly kind: "word";
  readonly text: string;
}

export type ScopeContext = "patient" | "user" | "system";

/** Create, read, update, delete, search. */
export type Permission = "c" | "r" | "u" | "d" | "s";

/** A search parameter of a granular scope. */
export interface QueryPart {
  readonly name: string;
  /** One of these must match; sorted, each once. */
  readonly values: readonly string[];
}

export const permissionOrder: readonly Permission[] = ["c", "r", "u", "d", "s"];
