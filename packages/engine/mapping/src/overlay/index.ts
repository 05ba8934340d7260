export { type CheckedOverlay, checkOverlay } from "./check-overlay.ts";
export { PlaceCheck } from "./check-places.ts";
export { warningTables } from "./warning-tables.ts";
export type { OverlayProblem } from "./overlay-problems.ts";
