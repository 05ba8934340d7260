export { routes } from "./contract/index.ts";
