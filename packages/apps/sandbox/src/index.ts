export { sandboxErrors } from "./errors.ts";
export { type Sandbox, startSandbox } from "./io/sandbox.ts";
export { loadPathways, pathwayFolder } from "./io/load-pathways.ts";
export { type SandboxSettings, sandboxSettings } from "./settings.ts";
export { type Sent, traffic } from "./traffic.ts";
