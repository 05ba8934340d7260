import type { Row } from "./row.ts";

/** How a map's row is named: its place, and its id where another row goes there too. */
export function rowName({ to, id }: Pick<Row, "to" | "id">): string {
  const place = to.replaceAll("[]", "");
  return id === undefined ? place : `${place}.${id}`;
}
