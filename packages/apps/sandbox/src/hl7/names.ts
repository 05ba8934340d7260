import type { Department } from "../world/catalogue.ts";
import type { Provider, User, Visit } from "../world/people.ts";
import { components, text } from "./write.ts";

/** A provider in both forms that Epic sends: by its own id and by the national one. */
export function xcn({ id, npi, family, given, middle }: Provider): string {
  const name = { 2: text(family), 3: text(given), 4: middle };
  const own = components({ 1: id, ...name, 9: "PROVID", 13: "PROVID" });
  return `${own}~${components({ 1: npi, ...name, 9: "NPI", 13: "NPI" })}`;
}

/** A provider by its own id alone, as in PD1-4. */
export function xcnShort({ id, family, given, middle }: Provider): string {
  return components({ 1: id, 2: text(family), 3: text(given), 4: middle, 9: "PROVID" });
}

export function xcnUser({ login, family, given }: User): string {
  return components({ 1: login, 2: text(family), 3: text(given) });
}

/** Where a visit is: department, room, bed, facility, and the department again in words and by id. */
export function location(visit: Visit, facility: string): string {
  return place(visit.department, { room: visit.room, bed: visit.bed, facility });
}

export function place(
  department: Department,
  { room, bed, facility }: { room: string; bed: string; facility: string },
): string {
  return components({
    1: department.code,
    2: room,
    3: bed,
    4: facility,
    9: department.name,
    11: department.id,
  });
}
