export { type CheckedOverlay, checkOverlay } from "./check-overlay.ts";
export type { OverlayProblem } from "./overlay-problems.ts";
