import type { StatementSync } from "node:sqlite";
import { reveal } from "@trestle/base";
import type { SqliteFile } from "@trestle/sqlite";
import type { Delivery, HeldPage, MessageFacts, NewDelivery } from "../outbox.ts";
import type { Counters } from "./counters.ts";
import type { Lanes } from "./lanes.ts";
import { type DeliveryRow, deliveryOf, reasonText } from "./outbox-rows.ts";

/**
 * Deliveries that were held from the beginning and never tried, which may still become something
 * else. Its writes belong into a transaction of the outbox.
 */
export class HeldDeliveries {
  readonly #lanes: Lanes;
  readonly #counters: Counters;
  readonly #find: StatementSync;
  readonly #change: StatementSync;
  readonly #changeBody: StatementSync;
  readonly #list: StatementSync;

  constructor(
    { reader, writer }: SqliteFile,
    { lanes, counters }: { readonly lanes: Lanes; readonly counters: Counters },
  ) {
    this.#lanes = lanes;
    this.#counters = counters;
    this.#find = writer.prepare(
      `SELECT id, destination, lane FROM deliveries
       WHERE position = ? AND key = ? AND state = 'held' AND attempts = 0`,
    );
    this.#change = writer.prepare(
      "UPDATE deliveries SET state = ?, reason = ?, revision = ? WHERE id = ?",
    );
    this.#changeBody = writer.prepare("UPDATE delivery_bodies SET body = ? WHERE id = ?");
    this.#list = reader.prepare(
      `SELECT * FROM deliveries WHERE state = 'held' AND id > ? AND attempts = 0
         AND json_extract(reason, '$.code') = ? ORDER BY id LIMIT ?`,
    );
  }

  /** False where there is none of this key. */
  remake(facts: MessageFacts, { key, body, heldFor }: NewDelivery): boolean {
    const row = this.#find.get(facts.position, key) as HeldRow | undefined;
    if (row === undefined) return false;
    const state = heldFor === undefined ? "queued" : "held";
    this.#change.run(state, reasonText(heldFor), facts.revision, row.id);
    this.#changeBody.run(reveal(body), row.id);
    if (state === "held") return true;
    this.#counters.owe(row.destination, { queued: 1, held: -1 });
    this.#lanes.advance(row);
    return true;
  }

  list(code: string, { after, limit }: HeldPage): readonly Delivery[] {
    const rows = this.#list.all(after ?? 0, code, limit) as unknown as DeliveryRow[];
    return rows.map(deliveryOf);
  }
}

type HeldRow = Pick<DeliveryRow, "id" | "destination" | "lane">;
