export type { Arrival, Arrivals } from "./arrivals.ts";
export { type Application, type ApplicationOptions, startApplication } from "./io/application.ts";
