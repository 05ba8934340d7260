import { createContext, useContext } from "react";
import type { Place } from "../place.ts";

/** What the parts of a form share beside their values. */
export interface FormState {
  /** The part that is open, as printed; those around it are open too. */
  readonly open: string;
  readonly setOpen: (place: string) => void;
  /** Printed places of what is wrong. */
  readonly problems: readonly string[];
  /** The library shows a list that is not there as an empty one. */
  readonly isThere: (place: Place) => boolean;
  readonly remove: (place: Place) => void;
  /** Puts a part where none is, and goes there. */
  readonly add: (place: Place, value: unknown) => void;
}

export const FormContext = createContext<FormState>({
  open: "",
  setOpen: () => undefined,
  problems: [],
  isThere: () => false,
  remove: () => undefined,
  add: () => undefined,
});

export function useForm(): FormState {
  return useContext(FormContext);
}

/** What can be done with an entry of a map or an item of a list. */
export interface Entry {
  /** Printed; what lies deeper is no entry. */
  readonly place: string;
  readonly rename?: ((to: string) => void) | undefined;
  readonly remove: () => void;
  readonly moveUp?: (() => void) | undefined;
  readonly moveDown?: (() => void) | undefined;
}

export const EntryContext = createContext<Entry | undefined>(undefined);

/** What can be done with the entry at a place; undefined where none is there. */
export function useEntry(place: string): Entry | undefined {
  const entry = useContext(EntryContext);
  return entry?.place === place ? entry : undefined;
}

/** The printed place of the part whose body is being drawn. */
export const PartContext = createContext<string>("");
