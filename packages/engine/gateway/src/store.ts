// Which scopes were used, apart from the rest: what keeps it asks no site.

export { type ScopeUseSum, SqliteUsedScopes, usedScopesSchema } from "./io/sqlite-used-scopes.ts";
export type { ObservedScopes, UsedAt, UsedScope, UsedScopes } from "./used-scopes.ts";
