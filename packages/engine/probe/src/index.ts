export { probeErrors } from "./errors.ts";
export {
  type ProbeOrder,
  type ProbeParts,
  type ProbeProgress,
  type Probed,
  runProbe,
} from "./io/run-probe.ts";
export type { SampleOrder } from "./io/sample.ts";
export type { NeededData } from "./plan.ts";
export type { ProbeLimits } from "./settings.ts";
