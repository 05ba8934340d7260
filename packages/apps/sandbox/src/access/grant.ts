import type { BasicHeaders } from "./basic-user.ts";

/** What an access token allows, and who is behind it. */
export interface Grant {
  /** The client's id at this hospital. */
  readonly clientId: string;
  readonly user: GrantUser;
  /** Named APIs that client and user are allowed, such as `Condition.Search (Problems) (R4)`. */
  readonly apis: ReadonlySet<string>;
  /** The patient in context. A patient's own token, and a proxy's, sees nobody else. */
  readonly patientId?: string;
  /** Sub-types, such as `Observation (Labs)`, that the user lacks the right to view. */
  readonly hiddenFromUser: ReadonlySet<string>;
}

export type GrantUser =
  | { readonly kind: "backend" }
  | { readonly kind: "clinician"; readonly practitionerId: string }
  | { readonly kind: "patient"; readonly patientId: string };

/** Tells what a request may do. */
export interface Authority {
  /**
   * @param authorization The header, with its scheme.
   * @param others Further headers that tell who asks, where it is no access token that does.
   * @returns Undefined for a token that is not valid, or none.
   */
  grantFor(authorization: string | undefined, others?: BasicHeaders): Promise<Grant | undefined>;
}
