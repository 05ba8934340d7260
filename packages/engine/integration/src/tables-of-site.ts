import type { OverlaySettings } from "./overlay-settings.ts";

/** An overlay may bring a table of the site's own. */
export function tablesNamedIn(overlay: OverlaySettings | undefined): readonly string[] {
  return Object.values(overlay?.maps ?? {})
    .flat()
    .flatMap((change) => (change.change === "remove" ? [] : (change.table ?? [])));
}

/** Tables that only a site can have: its identifiers and its medications are its own. */
export const siteTables: readonly string[] = ["identifiers", "medication"];
