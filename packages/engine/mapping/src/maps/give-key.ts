import type { Key } from "../rows/key.ts";
import { fillerNumber, placerNumber } from "./order.ts";
import { thePatient } from "./subject.ts";

/** What tells a give from all others: the number of its order, that it is a give, and its own number. */
export const ofGive: Key = [
  [...placerNumber, ...fillerNumber, thePatient],
  () => ({ value: "give", name: "that it is a give" }),
  ["RXG-1"],
];
