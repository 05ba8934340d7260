import type { Reading } from "./fill.ts";
import { type Part, textOf } from "./part.ts";
import { placeOf } from "./place.ts";

/** A piece of a business key: a place such as `OBX-3.1`, or a function for what is no plain field. */
export type KeyPiece = string | ((reading: Reading) => KeyValue | undefined);

/** What a piece of a key is here, and the field that gave it. */
export interface KeyValue {
  readonly value: string;
  readonly part?: Part;
  /** In words, where no field gave it. */
  readonly name?: string;
}

/** A business key. A piece that is a list takes the first that has a value, and may have none. */
export type Key = readonly (KeyPiece | readonly KeyPiece[])[];

/** The values of the first key of which every piece has one; undefined where no key is complete. */
export function firstKey(keys: readonly Key[], reading: Reading): readonly KeyValue[] | undefined {
  for (const key of keys) {
    const values = valuesOf(key, reading);
    if (values !== undefined) return values;
  }
  return undefined;
}

function valuesOf(key: Key, reading: Reading): readonly KeyValue[] | undefined {
  const values: KeyValue[] = [];
  for (const piece of key) {
    const isOptional = typeof piece === "object";
    const found = firstValue(isOptional ? piece : [piece], reading);
    if (found !== undefined) values.push(found);
    else if (!isOptional) return undefined;
  }
  return values.length === 0 ? undefined : values;
}

function firstValue(choices: readonly KeyPiece[], reading: Reading): KeyValue | undefined {
  for (const choice of choices) {
    const found = typeof choice === "string" ? written(choice, reading) : choice(reading);
    if (found !== undefined) return found;
  }
  return undefined;
}

function written(place: string, { scope }: Reading): KeyValue | undefined {
  for (const part of scope.parts(placeOf(place))) {
    const value = textOf(part);
    if (value !== undefined) return { value, part };
  }
  return undefined;
}
