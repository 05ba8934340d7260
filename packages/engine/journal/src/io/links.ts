import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";
import type { Counted, LastNumber, Link, Position } from "../journal.ts";

/** The last number of each link. In the file of the entries, so that both share a commit. */
export const linksSchema = `
CREATE TABLE links (
  listener TEXT NOT NULL,
  sender TEXT NOT NULL,
  number INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (listener, sender)
) STRICT, WITHOUT ROWID;
`;

/** Of a link that was reset; numbers begin at 1. */
const noNumber = 0;

/** Keeps the last number of each link. */
export class Links {
  readonly #last: StatementSync;
  readonly #exists: StatementSync;
  readonly #count: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor({ writer, reader }: SqliteFile) {
    const ofLink = "WHERE listener = ? AND sender = ?";
    this.#last = reader.prepare(`SELECT number, position FROM links ${ofLink}`);
    this.#exists = writer.prepare(`SELECT 1 FROM links ${ofLink}`);
    this.#count = writer.prepare("SELECT count(*) AS links FROM links WHERE listener = ?");
    this.#put = writer.prepare(
      `INSERT INTO links (listener, sender, number, position) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET number = excluded.number, position = excluded.position`,
    );
    this.#remove = writer.prepare(`DELETE FROM links ${ofLink}`);
  }

  /** As it was committed last. */
  last({ listener, sender }: Link): LastNumber | undefined {
    const row = this.#last.get(listener, sender);
    if (row === undefined) return undefined;
    const number = Number(row["number"]);
    return {
      number: number === noNumber ? undefined : number,
      position: Number(row["position"]) as Position,
    };
  }

  /** Call inside a transaction of the writer. */
  hasRoomFor({ link: { listener, sender }, maxLinks }: Counted): boolean {
    if (this.#exists.get(listener, sender) !== undefined) return true;
    return Number(this.#count.get(listener)?.["links"]) < maxLinks;
  }

  /** Call inside the transaction that inserts the entry. */
  keep({ link, number }: Counted, position: Position): void {
    this.#put.run(link.listener, link.sender, number ?? noNumber, position);
  }

  /** Call inside a transaction of the writer. */
  remove({ listener, sender }: Link): void {
    this.#remove.run(listener, sender);
  }
}
