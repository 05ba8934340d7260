import { inspect } from "node:util";

/** A value about a patient. Prints as a placeholder wherever it ends up by accident. */
export class Phi<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** Only `reveal` calls this. */
  static open<T>(guarded: Phi<T>): T {
    return guarded.#value;
  }

  toString(): string {
    return "[patient data]";
  }

  toJSON(): string {
    return "[patient data]";
  }

  [inspect.custom](): string {
    return "[patient data]";
  }
}

/** A credential. Prints as a placeholder wherever it ends up by accident. */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** Only `useSecret` calls this. */
  static open<T>(guarded: Secret<T>): T {
    return guarded.#value;
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }

  [inspect.custom](): string {
    return "[secret]";
  }
}

/** Guards a value about a patient. */
export function phi<T>(value: T): Phi<T> {
  return new Phi(value);
}

/**
 * Takes patient data out of its guard.
 *
 * The files that may call this are listed in `test/patient-data.test.ts`: stores writing to their
 * own file, the mapping, destinations writing to the wire, and the API after its access record.
 */
export function reveal<T>(guarded: Phi<T>): T {
  return Phi.open(guarded);
}

/** Takes a credential out of its guard, at the moment of its use. */
export function useSecret<T>(guarded: Secret<T>): T {
  return Secret.open(guarded);
}
