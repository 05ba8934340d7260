import { type Purpose, purposes } from "@trestle/api/contract";
import { type Store, createStore, useStore } from "./store.ts";

// Above its first use, which is when this file is loaded.
const key = "trestle-purpose";

/** Why this person looks at patient data; undefined keeps it hidden. Kept until the tab closes. */
export const purposeStore: Store<Purpose | undefined> = createStore(readPurpose());

/** Shows patient data for a purpose, or hides it again. */
export function setPurpose(purpose: Purpose | undefined): void {
  if (purpose === undefined) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, purpose);
  purposeStore.set(purpose);
}

export function usePurpose(): Purpose | undefined {
  return useStore(purposeStore);
}

/** A purpose as people read it. */
export const purposeWords: Readonly<Record<Purpose, string>> = {
  troubleshooting: "troubleshooting",
  "patient-care": "patient care",
  testing: "testing",
  audit: "audit",
};

function readPurpose(): Purpose | undefined {
  const kept = sessionStorage.getItem(key);
  return purposes.find((purpose) => purpose === kept);
}
