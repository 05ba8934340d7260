/** Keys and positions that lead to a setting. */
export type Place = readonly (string | number)[];

/** A place as a short text, for an address. */
export function printPlace(place: Place): string {
  return place.map((step) => encodeURIComponent(step)).join("/");
}

/** As people name a place: `listeners.hospital`, `feeds[0].channels`. */
export function namePlace(place: Place): string {
  return place
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

/** Whether a place is another one, or in it. */
export function isWithin(inner: string, outer: string): boolean {
  return outer === "" || inner === outer || inner.startsWith(`${outer}/`);
}

/** The id of the element that is about a place, as the form's library makes it. */
export function idOf(place: Place): string {
  return ["root", ...place].join("_");
}

/** What stands at a place; undefined where nothing does. */
export function valueAt(value: unknown, place: Place): unknown {
  const [step, ...rest] = place;
  if (step === undefined) return value;
  if (typeof value !== "object" || value === null) return undefined;
  return valueAt(Reflect.get(value, step), rest);
}

/** A value with another one at a place; undefined takes it away. */
export function withAt(value: unknown, place: Place, part: unknown): unknown {
  const [step, ...rest] = place;
  if (step === undefined) return part;
  if (Array.isArray(value) && typeof step === "number") {
    const items: readonly unknown[] = value;
    return items.map((item, index) => (index === step ? withAt(item, rest, part) : item));
  }
  const group = (value ?? {}) as Readonly<Record<string, unknown>>;
  const { [step]: before, ...others } = group;
  const after = withAt(before, rest, part);
  return after === undefined ? others : { ...group, [step]: after };
}
