export { eclinicalworksBaseUrl, eclinicalworksDialect } from "./dialect.ts";
