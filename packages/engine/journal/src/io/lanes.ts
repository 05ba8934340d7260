import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";

/** A lane that owes something: its oldest open delivery, and whether and when it may be tried. */
export interface LaneRow {
  readonly head: number;
  readonly is_held: number;
}

/**
 * Keeps one row for each lane with open deliveries, inside the transaction that changes them.
 *
 * The head is the oldest open delivery of the lane. Others are not looked at before it is done.
 */
export class Lanes {
  readonly #enter: StatementSync;
  readonly #find: StatementSync;
  readonly #next: StatementSync;
  readonly #move: StatementSync;
  readonly #wait: StatementSync;
  readonly #leave: StatementSync;

  constructor({ writer }: SqliteFile) {
    this.#enter = writer.prepare(
      "INSERT INTO lanes (destination, lane, head, is_held, retry_at) VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING",
    );
    this.#find = writer.prepare(
      "SELECT head, is_held FROM lanes WHERE destination = ? AND lane = ?",
    );
    this.#next = writer.prepare(
      `SELECT id, state FROM deliveries
       WHERE destination = ? AND lane = ? AND state IN ('queued', 'held') ORDER BY id LIMIT 1`,
    );
    this.#move = writer.prepare(
      "UPDATE lanes SET head = ?, is_held = ?, retry_at = 0 WHERE destination = ? AND lane = ?",
    );
    this.#wait = writer.prepare(
      "UPDATE lanes SET is_held = ?, retry_at = ? WHERE destination = ? AND lane = ? AND head = ?",
    );
    this.#leave = writer.prepare("DELETE FROM lanes WHERE destination = ? AND lane = ?");
  }

  /** A delivery was added at the end of the lane. */
  enter(
    place: { destination: string; lane: string },
    { id, isHeld }: { id: number; isHeld: boolean },
  ): void {
    this.#enter.run(place.destination, place.lane, id, isHeld ? 1 : 0);
  }

  /** A delivery of the lane was closed, or opened again: look anew for the oldest open one. */
  advance({ destination, lane }: { destination: string; lane: string }): void {
    const next = this.#next.get(destination, lane);
    if (next === undefined) {
      this.#leave.run(destination, lane);
      return;
    }
    const id = Number(next["id"]);
    const isHeld = next["state"] === "held" ? 1 : 0;
    const known = this.#find.get(destination, lane) as LaneRow | undefined;
    if (known === undefined) this.#enter.run(destination, lane, id, isHeld);
    if (known?.head !== id || known.is_held !== isHeld)
      this.#move.run(id, isHeld, destination, lane);
  }

  /** The head could not be delivered: it waits until `retryAt`, or for a person. */
  block(
    place: { destination: string; lane: string },
    head: { id: number; isHeld: boolean; retryAt: number },
  ): void {
    this.#wait.run(head.isHeld ? 1 : 0, head.retryAt, place.destination, place.lane, head.id);
  }
}
