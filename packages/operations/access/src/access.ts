import type { Secret } from "@trestle/base";

/**
 * `administrator`: a person at the console. `operator`: whoever can read the data folder.
 * `application`: the program that the hub works for.
 */
export type Role = "administrator" | "operator" | "application";

/** Who did something. The name is what they called themselves when they signed in. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** A person who is signed in. */
export interface SignedIn {
  readonly person: Person;
  /** Milliseconds since 1970 UTC. */
  readonly expiresAt: number;
}

/** A credential and how long it is good for. The token itself is stored nowhere. */
export interface Issued {
  readonly token: Secret<string>;
  /** Milliseconds since 1970 UTC. */
  readonly expiresAt: number;
}

/** One line of the record of who saw or changed what. Our own ids only, never patient data. */
export interface AccessRecord {
  readonly person: Person;
  /** What was done, as the API names it, such as `getMessage`. */
  readonly action: string;
  /** What it was done to, such as `message 12`; at most 1,000. */
  readonly subjects: readonly string[];
  /** Why somebody looked; empty where no purpose was asked for. */
  readonly purpose: string;
  /** Why somebody changed something, in their words; empty where nothing was changed. */
  readonly reason: string;
}

/** A line that was written, with its time. */
export interface KeptAccessRecord extends Omit<AccessRecord, "person"> {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly personId: string;
}

/** Bounds of sign-in; each can be configured. */
export interface AccessLimits {
  readonly sessionHours: number;
  /** Failed redemptions within a minute, of everybody together, before all are refused. */
  readonly failedRedeemsPerMinute: number;
}

/** People, sign-in, and the record of who saw what. */
export interface Access {
  /** Whether anybody has ever signed in as an administrator. */
  hasAdministrator(): Promise<boolean>;

  /** Makes a link's token, good for one sign-in. Only its SHA-256 is stored. */
  createLink(link: { role: Role; validMinutes: number }): Promise<Issued>;

  /**
   * Signs a person in with a link's token, once.
   *
   * @throws {TrestleError} `access.linkUnknown`, `access.linkUsed`, `access.linkExpired`,
   * `access.tooManyAttempts`
   */
  redeem(token: Secret<string>, name: string): Promise<SignedIn & Issued>;

  /** Whose session or operator token this is; undefined where it is none, or is over. */
  session(token: Secret<string>): Promise<SignedIn | undefined>;

  /** Ends a session. An operator token stays: it ends with its file. */
  endSession(token: Secret<string>): Promise<void>;

  /** Resolves once the line would survive a power cut; only then may anything be shown or changed. */
  recordAccess(record: AccessRecord): Promise<void>;

  /** Newest first, at most `limit`. */
  accessRecords(limit: number): Promise<readonly KeptAccessRecord[]>;
}
