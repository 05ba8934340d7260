export type { Arrival, Arrivals } from "./arrivals.ts";
export type { LaunchOptions } from "./launch/launch-options.ts";
export { type Application, type ApplicationOptions, startApplication } from "./io/application.ts";
