/** Who let a client in. */
export type SessionUser =
  | { readonly kind: "backend" }
  | { readonly kind: "clinician"; readonly login: string; readonly practitionerId: string }
  | {
      readonly kind: "patient";
      readonly login: string;
      /** Whose portal account it is. */
      readonly ownPatientId: string;
      /** Set when this is somebody else's record: the related person by whom the user stands. */
      readonly proxyId?: string | undefined;
    };

/** What a client was let in for. Access and refresh tokens stand for it. */
export interface Session {
  readonly clientId: string;
  readonly user: SessionUser;
  /** The patient in context: the one of a launch, or the one whose record a patient opened. */
  readonly patientId?: string | undefined;
  /** Of the scopes that the client asked for, those that change what it is told. */
  readonly asked: readonly string[];
  /** Milliseconds since 1970 at which a patient's permission ends; without an end where left out. */
  readonly until?: number | undefined;
}

/** What a launch from the hospital's program tells. */
export interface Launch {
  readonly clientId: string;
  readonly login: string;
  readonly practitionerId: string;
  readonly patientId?: string | undefined;
  readonly encounterId?: string | undefined;
  readonly locationId?: string | undefined;
  readonly departmentId?: string | undefined;
  readonly appointmentId?: string | undefined;
  /** Opened in a tab of its own, without the hospital's program around it. */
  readonly isInOwnTab: boolean;
  /** What the site added for this client, ready to be told. */
  readonly extra: Readonly<Record<string, string>>;
}

/** What a code is exchanged for, and what the exchange has to show. */
export interface CodeGrant {
  readonly session: Session;
  readonly redirectUri: string;
  readonly codeChallenge?: string | undefined;
  readonly asked: AskedFor;
  readonly launch?: Launch | undefined;
}

/** What the client asked for when it sent the user to sign in. */
export interface AskedFor {
  readonly scopes: readonly string[];
  readonly state?: string | undefined;
  readonly nonce?: string | undefined;
}
