export type {
  Access,
  AccessLimits,
  AccessRecord,
  Issued,
  KeptAccessRecord,
  Person,
  Role,
  SignedIn,
} from "./access.ts";
export { accessSchema } from "./access-schema.ts";
export { accessErrors } from "./errors.ts";
export { keepOperatorToken } from "./io/operator-token.ts";
export { SqliteAccess } from "./io/sqlite-access.ts";
export { type GrantedPermission, permits } from "./permissions.ts";
