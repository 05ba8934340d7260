import type { Place, Target } from "./row.ts";

/** Takes `PID-5`, `PID-5.1` or a component number apart. Remembers what it has seen; maps are few. */
export function placeOf(written: string | number): Place {
  if (typeof written === "number") return { segment: "", field: 0, component: written };
  const known = places.get(written);
  if (known !== undefined) return known;
  const place = readPlace(written);
  places.set(written, place);
  return place;
}

/** Takes `period.start`, `name[]` or `communication[].language` apart. */
export function targetOf(written: string): Target {
  const [head = "", item] = written.split("[]");
  const owners = head.split(".");
  const key = owners.pop() ?? "";
  const itemKeys = (item ?? "").split(".").filter((step) => step !== "");
  return { owners, key, isList: item !== undefined, itemKeys };
}

function readPlace(written: string): Place {
  const parts = /^(?<segment>[A-Z][A-Z0-9]{2})-(?<field>\d+)(?:\.(?<component>\d+))?$/u.exec(
    written,
  );
  if (parts?.groups === undefined) throw new TypeError(`“${written}” is no place in a message`);
  const { segment = "", field, component = "0" } = parts.groups;
  return { segment, field: Number(field), component: Number(component) };
}

const places = new Map<string, Place>();
