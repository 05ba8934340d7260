import type { Role } from "./access.ts";

/** What a role may allow. */
export type GrantedPermission =
  | "messages.read"
  | "messages.replay"
  | "patients.read"
  | "deliveries.decide"
  | "codes.decide"
  | "settings.edit"
  | "whatIfs.run"
  | "people.invite"
  | "configuration.reload"
  | "production.approve"
  | "fhir.read"
  | "fhir.watch"
  | "probes.run";

/** Whether a role allows something. What the table does not name is not allowed. */
export function permits(role: Role, permission: GrantedPermission): boolean {
  return granted[role].has(permission);
}

const everything: ReadonlySet<GrantedPermission> = new Set([
  "messages.read",
  "messages.replay",
  "patients.read",
  "deliveries.decide",
  "codes.decide",
  "settings.edit",
  "whatIfs.run",
  "people.invite",
  "configuration.reload",
  "production.approve",
  "fhir.read",
  "fhir.watch",
  "probes.run",
]);

/** The operator token opens everything too: who can read the data folder owns the hub. */
const granted: Readonly<Record<Role, ReadonlySet<GrantedPermission>>> = {
  administrator: everything,
  operator: everything,
  application: new Set(["fhir.read", "patients.read"]),
};
