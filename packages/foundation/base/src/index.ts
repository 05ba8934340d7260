export { type Clock, systemClock } from "./clock.ts";
export {
  type ErrorKind,
  type ErrorTable,
  type Facts,
  type FailureClass,
  type MakeError,
  TrestleError,
  declaredErrors,
  defineErrors,
} from "./errors.ts";
export { Phi, Secret, phi, reveal, useSecret } from "./guarded.ts";
export { newToken, stableId } from "./ids.ts";
export { type Random, seededRandom, systemRandom } from "./random.ts";
export { type Problem, type Result, fail, succeed } from "./result.ts";
