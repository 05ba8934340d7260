import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";
import type { Role } from "../access.ts";

export interface SessionRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly expires_at: number;
}

export interface RecordRow {
  readonly at: number;
  readonly person: string;
  readonly action: string;
  readonly subjects: string;
  readonly purpose: string;
  readonly reason: string;
}

/** The statements of access, prepared once. */
export class AccessStatements {
  readonly administrator: StatementSync;
  readonly addLink: StatementSync;
  readonly link: StatementSync;
  readonly useLink: StatementSync;
  readonly dropOldLinks: StatementSync;
  readonly addPerson: StatementSync;
  readonly addSession: StatementSync;
  readonly session: StatementSync;
  readonly endSession: StatementSync;
  readonly dropOldSessions: StatementSync;
  readonly dropTokens: StatementSync;
  readonly addRecord: StatementSync;
  readonly records: StatementSync;

  constructor({ reader, writer }: SqliteFile) {
    this.administrator = reader.prepare(
      "SELECT 1 FROM people WHERE role = 'administrator' LIMIT 1",
    );
    this.addLink = writer.prepare(
      "INSERT INTO sign_in_links (token_hash, role, expires_at) VALUES (?, ?, ?)",
    );
    this.link = writer.prepare(
      "SELECT role, expires_at, used_at FROM sign_in_links WHERE token_hash = ?",
    );
    this.useLink = writer.prepare("UPDATE sign_in_links SET used_at = ? WHERE token_hash = ?");
    this.dropOldLinks = writer.prepare("DELETE FROM sign_in_links WHERE expires_at < ?");
    this.addPerson = writer.prepare(
      "INSERT INTO people (id, name, role, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
    );
    this.addSession = writer.prepare(
      "INSERT INTO sessions (token_hash, person, kind, expires_at) VALUES (?, ?, ?, ?)",
    );
    this.session = reader.prepare(
      `SELECT people.id, people.name, people.role, sessions.expires_at
       FROM sessions JOIN people ON people.id = sessions.person WHERE token_hash = ?`,
    );
    this.endSession = writer.prepare(
      "DELETE FROM sessions WHERE token_hash = ? AND kind = 'browser'",
    );
    this.dropOldSessions = writer.prepare("DELETE FROM sessions WHERE expires_at <= ?");
    this.dropTokens = writer.prepare("DELETE FROM sessions WHERE kind = ?");
    this.addRecord = writer.prepare(
      `INSERT INTO access_records (at, person, action, subjects, purpose, reason)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.records = reader.prepare(
      `SELECT at, person, action, subjects, purpose, reason
       FROM access_records ORDER BY id DESC LIMIT ?`,
    );
  }
}
