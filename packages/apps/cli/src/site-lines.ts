import type { SiteSetting } from "@trestle/integration";

/** A value as a person reads it: words as they are, all else as JSON. */
export function valueText(value: unknown): string {
  const isPlain = typeof value === "string" && /^\S(?:.*\S)?$/u.test(value);
  return isPlain ? value : JSON.stringify(value);
}

/** `sites/lakeshore/site.yaml:3`, or `default` where no file sets it. */
export function placeText(place: SiteSetting["place"]): string {
  return place === undefined ? "default" : `${place.file}:${place.line}`;
}
