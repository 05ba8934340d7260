export { type AthenahealthTenant, athenahealthBaseUrls, athenahealthDialect } from "./dialect.ts";
