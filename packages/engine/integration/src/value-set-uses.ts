import type { MessageCondition } from "@trestle/channels/settings";
import type { Parts } from "./parts.ts";

/** A value set that something names, and where. */
export interface ValueSetUse {
  readonly name: string;
  readonly file: string;
  readonly path: readonly PropertyKey[];
}

/** All that the files of a folder name. */
export function usesIn(parts: Parts): readonly ValueSetUse[] {
  const ofData = (parts.needs?.data ?? []).flatMap(({ valueSet: name }, index) =>
    name === undefined
      ? []
      : [{ name, file: "integration.yaml", path: ["data", index, "valueSet"] }],
  );
  const ofOverlays = [...parts.overlays.keys()].flatMap((site) => usesInOverlay(parts, site));
  const ofChannels = [...parts.channels.keys()].flatMap((name) => usesInChannel(parts, name));
  return [...ofData, ...ofOverlays, ...ofChannels];
}

/** What the overlay of a site names. */
export function usesInOverlay({ overlays }: Parts, site: string): readonly ValueSetUse[] {
  const file = `sites/${site}/overlay.yaml`;
  return Object.entries(overlays.get(site)?.maps ?? {}).flatMap(([map, changes]) =>
    changes.flatMap((change, index) =>
      change.change === "remove"
        ? []
        : usesInCondition(change.when, { file, path: ["maps", map, index, "when"] }),
    ),
  );
}

/** What the routes of a channel name. */
export function usesInChannel(
  { channels }: Pick<Parts, "channels">,
  name: string,
): readonly ValueSetUse[] {
  const file = `channels/${name}.yaml`;
  return (channels.get(name)?.routes ?? []).flatMap(({ when }, index) =>
    usesInCondition(when, { file, path: ["routes", index, "when"] }),
  );
}

function usesInCondition(
  when: MessageCondition | undefined,
  { file, path }: Omit<ValueSetUse, "name">,
): readonly ValueSetUse[] {
  if (when === undefined) return [];
  return [
    ...Object.entries(when.inSet ?? {}).map(([place, name]) => ({
      name,
      file,
      path: [...path, "inSet", place],
    })),
    ...usesInCondition(when.not, { file, path: [...path, "not"] }),
    ...(when.any ?? []).flatMap((each, index) =>
      usesInCondition(each, { file, path: [...path, "any", index] }),
    ),
  ];
}
