export { dialectNames } from "./dialects.ts";
export { hubErrors } from "./errors.ts";
export { type Hub, type HubOptions, startHub } from "./hub.ts";
export { keysFileName } from "./io/data-folder.ts";
export { type Log, createLog } from "./logger.ts";
