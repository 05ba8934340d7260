import type { Reading } from "./fill.ts";
import { type Part, textOf } from "./part.ts";
import { placeOf } from "./place.ts";

/** A piece of a business key: a place such as `OBX-3.1`, or a function for what is no plain field. */
export type KeyPiece = string | ReadPiece;

type ReadPiece = (reading: Reading) => KeyValue | undefined;

/** What a piece of a key is here, and the field that gave it. */
export interface KeyValue {
  readonly value: string;
  readonly part?: Part;
  /** In words, where no field gave it. */
  readonly name?: string;
}

/** A business key. A piece that is a list takes the first that has a value, and may have none. */
export type Key = readonly (KeyPiece | readonly KeyPiece[])[];

/** A key with its text taken apart. */
export type CompiledKey = readonly CompiledPiece[];

interface CompiledPiece {
  readonly isOptional: boolean;
  readonly choices: readonly ReadPiece[];
}

export function compileKey(key: Key): CompiledKey {
  return key.map((piece) => ({
    isOptional: typeof piece === "object",
    choices: [piece]
      .flat()
      .map((choice) => (typeof choice === "string" ? written(choice) : choice)),
  }));
}

/** The values of the first key of which every piece has one; undefined where no key is complete. */
export function firstKey(
  keys: readonly CompiledKey[],
  reading: Reading,
): readonly KeyValue[] | undefined {
  for (const key of keys) {
    const values = valuesOf(key, reading);
    if (values !== undefined) return values;
  }
  return undefined;
}

function valuesOf(key: CompiledKey, reading: Reading): readonly KeyValue[] | undefined {
  const values: KeyValue[] = [];
  for (const { choices, isOptional } of key) {
    const found = firstValue(choices, reading);
    if (found !== undefined) values.push(found);
    else if (!isOptional) return undefined;
  }
  return values.length === 0 ? undefined : values;
}

function firstValue(choices: readonly ReadPiece[], reading: Reading): KeyValue | undefined {
  for (const choice of choices) {
    const found = choice(reading);
    if (found !== undefined) return found;
  }
  return undefined;
}

function written(text: string): ReadPiece {
  const place = placeOf(text);
  return ({ scope }) => {
    for (const part of scope.find(place).parts) {
      const value = textOf(part);
      if (value !== undefined) return { value, part };
    }
    return undefined;
  };
}
