import { randomUUID } from "node:crypto";
import { type Clock, Secret, newToken, useSecret } from "@trestle/base";
import type { SqliteFile } from "@trestle/sqlite";
import type {
  Access,
  AccessLimits,
  AccessRecord,
  Issued,
  KeptAccessRecord,
  Person,
  Role,
  SignedIn,
} from "../access.ts";
import { accessErrors } from "../errors.ts";
import { FailureLimit } from "../failure-limit.ts";
import { tokenHash } from "../token-hash.ts";
import { AccessStatements, type RecordRow, type SessionRow } from "./access-statements.ts";

/** Access in the state file. Its tables are `accessSchema`. */
export class SqliteAccess implements Access {
  readonly #state: SqliteFile;
  readonly #clock: Clock;
  readonly #limits: AccessLimits;
  readonly #failures: FailureLimit;
  readonly #sql: AccessStatements;

  constructor(state: SqliteFile, options: { clock: Clock; limits: AccessLimits }) {
    this.#state = state;
    this.#clock = options.clock;
    this.#limits = options.limits;
    this.#failures = new FailureLimit(options.limits.failedRedeemsPerMinute);
    this.#sql = new AccessStatements(state);
  }

  hasAdministrator(): Promise<boolean> {
    return Promise.resolve(this.#sql.administrator.get() !== undefined);
  }

  async createLink({ role, validMinutes }: { role: Role; validMinutes: number }): Promise<Issued> {
    const token = new Secret(newToken());
    const now = this.#clock.now();
    const expiresAt = now + validMinutes * 60_000;
    await this.#state.transact(() => {
      this.#sql.dropOldLinks.run(now - keepLinksMs);
      this.#sql.addLink.run(tokenHash(token), role, expiresAt);
    });
    return { token, expiresAt };
  }

  async redeem(token: Secret<string>, name: string): Promise<SignedIn & Issued> {
    const now = this.#clock.now();
    const retryAfterSeconds = this.#failures.waitSeconds(now);
    if (retryAfterSeconds !== undefined) throw accessErrors.tooManyAttempts({ retryAfterSeconds });
    const session = new Secret(newToken());
    const expiresAt = now + this.#limits.sessionHours * 3_600_000;
    const id = randomUUID();
    try {
      const role = await this.#state.transact(() => {
        const made = this.#useLink(tokenHash(token), now);
        this.#sql.dropOldSessions.run(now);
        this.#sql.addPerson.run(id, name, made, now);
        this.#sql.addSession.run(tokenHash(session), id, "browser", expiresAt);
        return made;
      });
      return { token: session, expiresAt, person: { id, name, role } };
    } catch (error) {
      this.#failures.add(now);
      throw error;
    }
  }

  session(token: Secret<string>): Promise<SignedIn | undefined> {
    const row = this.#sql.session.get(tokenHash(token)) as SessionRow | undefined;
    if (row === undefined || row.expires_at <= this.#clock.now()) return Promise.resolve(undefined);
    const { id, name, role } = row;
    return Promise.resolve({ person: { id, name, role }, expiresAt: row.expires_at });
  }

  async endSession(token: Secret<string>): Promise<void> {
    await this.#state.transact(() => this.#sql.endSession.run(tokenHash(token)));
  }

  async recordAccess(record: AccessRecord): Promise<void> {
    const { person, action, subjects, purpose, reason } = record;
    const at = this.#clock.now();
    await this.#state.transact(() => {
      for (const part of partsOf(subjects)) {
        this.#sql.addRecord.run(at, person.id, action, JSON.stringify(part), purpose, reason);
      }
    });
  }

  accessRecords(limit: number): Promise<readonly KeptAccessRecord[]> {
    const rows = this.#sql.records.all(limit) as unknown as RecordRow[];
    return Promise.resolve(
      rows.map(({ person, subjects, ...row }) => ({
        ...row,
        personId: person,
        subjects: JSON.parse(subjects) as string[],
      })),
    );
  }

  /** Makes `token` the only operator token; those before it end. */
  async acceptOperatorToken(token: Secret<string>): Promise<void> {
    await this.#state.transact(() => this.#acceptOnly(token, operator));
  }

  /**
   * Makes `token` the only one by which the application calls; undefined lets none in.
   *
   * @throws {TrestleError} `access.tokenNotUsable` for one that others could guess.
   */
  async acceptApplicationToken(token: Secret<string> | undefined, name: string): Promise<void> {
    await this.#state.transact(this.acceptingApplicationToken(token, name));
  }

  /**
   * The same as work inside of a commit of the state file, so that it can share one with what it
   * belongs to.
   *
   * @throws {TrestleError} `access.tokenNotUsable` at once, before there is any work.
   */
  acceptingApplicationToken(token: Secret<string> | undefined, name: string): () => void {
    // A person chose it; those that we make have 43 characters.
    if (token !== undefined && !isToken.test(useSecret(token))) throw accessErrors.tokenNotUsable();
    return () => this.#acceptOnly(token, { id: "application", name, role: "application" });
  }

  #acceptOnly(token: Secret<string> | undefined, { id, name, role }: Person): void {
    this.#sql.addPerson.run(id, name, role, this.#clock.now());
    this.#sql.dropTokens.run(role);
    if (token !== undefined) this.#sql.addSession.run(tokenHash(token), id, role, endOfTime);
  }

  /** @returns The role that the link gives. */
  #useLink(hash: string, now: number): Role {
    const link = this.#sql.link.get(hash);
    if (link === undefined) throw accessErrors.linkUnknown();
    if (link["used_at"] !== null) throw accessErrors.linkUsed();
    if (Number(link["expires_at"]) <= now) throw accessErrors.linkExpired();
    this.#sql.useLink.run(now, hash);
    return link["role"] as Role;
  }
}

const operator: Person = { id: "operator", name: "Operator", role: "operator" };

/** 9999-12-31T23:59:59Z: an operator token ends with its file, not by time. */
const endOfTime = 253_402_300_799_000;

/** Used and expired links are kept a day, so that whoever comes late is told what happened. */
const keepLinksMs = 86_400_000;

const isToken = /^[\u0021-\u007e]{32,}$/u;

/** At least one, so that a look at nothing is kept too. */
function partsOf(subjects: readonly string[]): readonly (readonly string[])[] {
  const lines = Math.max(1, Math.ceil(subjects.length / mostSubjects));
  return Array.from({ length: lines }, (_each, line) =>
    subjects.slice(line * mostSubjects, (line + 1) * mostSubjects),
  );
}

/** Of one line of the record. */
const mostSubjects = 1000;
