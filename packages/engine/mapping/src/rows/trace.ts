import type { Part } from "./part.ts";
import type { Lookup } from "./row.ts";

/** Why a value stands in the result. */
export interface Origin {
  readonly part?: Part;
  /** The code table that may have decided. */
  readonly lookup?: Lookup;
  /** The table and its row where it is known already, `identifiers: MR`. */
  readonly row?: string;
  readonly rule?: string;
  /** The row of a map or data type that wrote it, such as `patient.birthDate`. */
  readonly by?: string;
}

/** Notes, while a result is built, where each value came from. Only an explanation has one. */
export class Trace {
  readonly #origins = new Map<object, Map<string, Origin>>();

  /** What stands under this key, and below it where nothing nearer is noted. */
  note(owner: object, key: string | number, origin: Origin): void {
    const known = this.#origins.get(owner);
    if (known === undefined) this.#origins.set(owner, new Map([[String(key), origin]]));
    else known.set(String(key), origin);
  }

  at(owner: object, key: string): Origin | undefined {
    return this.#origins.get(owner)?.get(key);
  }
}
