export { hubErrors } from "./errors.ts";
export { type Hub, type HubOptions, startHub } from "./hub.ts";
export { type Log, createLog } from "./logger.ts";
