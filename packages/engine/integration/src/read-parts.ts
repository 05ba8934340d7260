import { channelSettings, destinationSettings } from "@trestle/channels/settings";
import { type ConfigProblem, type PlaceOf, readYaml } from "@trestle/config";
import type { CodeRow } from "@trestle/mapping";
import { readCodeTable } from "@trestle/mapping/configuration";
import type { z } from "zod";
import { shapes } from "./folder-shape.ts";
import type { Named, Parts } from "./parts.ts";
import { overlaySettings } from "./overlay-settings.ts";
import { breathing } from "./breathing.ts";
import type { FolderMemory } from "./memory.ts";
import { needsSettings } from "./needs-settings.ts";
import { peopleSettings } from "./people-settings.ts";
import { profileSettings } from "./profile-settings.ts";
import { settingsSchema } from "./settings.ts";
import { siteSettings } from "./site-settings.ts";
import { placesOfTable } from "./table-place.ts";
import { whatIfSettings } from "./what-if-settings.ts";

/** Reads every file for itself. Of one that has no text at least the name is known. */
export function readParts(
  files: { readonly texts: ReadonlyMap<string, string>; readonly unread: readonly string[] },
  memory: FolderMemory,
): { readonly parts: Parts; readonly problems: readonly ConfigProblem[] } {
  const unread = files.unread.map((path): [string, undefined] => [path, undefined]);
  const reader = new Reader(new Map([...files.texts, ...unread]), memory);
  const parts: Parts = {
    settings: reader.one("trestle.yaml", settingsSchema),
    needs: reader.one("integration.yaml", needsSettings),
    whatIf: reader.one("what-if.yaml", whatIfSettings),
    channels: reader.each(shapes.channel, channelSettings),
    destinations: reader.each(shapes.destination, destinationSettings),
    sites: reader.each(shapes.site, siteSettings),
    overlays: reader.each(shapes.overlay, overlaySettings),
    people: reader.each(shapes.people, peopleSettings),
    profiles: reader.each(shapes.profile, profileSettings),
    transforms: reader.names(shapes.transform),
    tables: reader.tables(),
    places: reader.places,
    written: reader.written,
    broken: reader.broken,
  };
  return { parts, problems: reader.problems };
}

/** Reads files and collects what is wrong with them. */
class Reader {
  readonly problems: ConfigProblem[] = [];
  readonly places = new Map<string, PlaceOf>();
  readonly written = new Map<string, unknown>();
  readonly broken = new Set<string>();
  readonly #texts: ReadonlyMap<string, string | undefined>;

  readonly #memory: FolderMemory;

  constructor(texts: ReadonlyMap<string, string | undefined>, memory: FolderMemory) {
    this.#texts = texts;
    this.#memory = memory;
  }

  one<T>(path: string, schema: z.ZodType<T>): T | undefined {
    const text = this.#texts.get(path);
    if (text === undefined) {
      if (this.#texts.has(path)) this.broken.add(path);
      return undefined;
    }
    const read = this.#memory.recall(`said by ${path}`, [text], () => readYaml(text, path, schema));
    if (read.ok) {
      this.places.set(path, read.placeOf);
      this.written.set(path, read.written);
      return read.value;
    }
    this.broken.add(path);
    this.problems.push(...read.problems);
    return undefined;
  }

  each<T>(shape: RegExp, schema: z.ZodType<T>): Named<T> {
    const found = new Map<string, T | undefined>();
    for (const path of this.#texts.keys()) {
      const name = shape.exec(path)?.groups?.["name"];
      if (name !== undefined) found.set(name, this.one(path, schema));
    }
    return found;
  }

  names(shape: RegExp): ReadonlySet<string> {
    const names = [...this.#texts.keys()].map((path) => shape.exec(path)?.groups?.["name"]);
    return new Set(names.filter((name) => name !== undefined));
  }

  tables(): Parts["tables"] {
    const found = new Map<string, Map<string, readonly CodeRow[]>>();
    for (const [path, text] of this.#texts) {
      const { site, name } = shapes.table.exec(path)?.groups ?? {};
      if (site === undefined || name === undefined || text === undefined) continue;
      const { rows, problems, placeOf } = readTable(path, text, this.#memory);
      this.places.set(path, placeOf);
      if (problems.length > 0) this.broken.add(path);
      for (const { line, column, code, text: what, hint } of problems) {
        this.problems.push({ file: path, line, column, code, text: what, hint });
      }
      found.set(site, (found.get(site) ?? new Map<string, readonly CodeRow[]>()).set(name, rows));
    }
    return found;
  }
}

function readTable(path: string, text: string, memory: FolderMemory) {
  return memory.recall(`said by ${path}`, [text], () => ({
    ...readCodeTable(text, path),
    placeOf: placesOfTable(text),
  }));
}

/**
 * Reads every table that is not remembered, the bulk of a large folder, so that others have their
 * turn between two of them.
 */
export async function readTables(
  texts: ReadonlyMap<string, string>,
  memory: FolderMemory,
): Promise<void> {
  const breathe = breathing();
  for (const [path, text] of texts) {
    if (!shapes.table.test(path)) continue;
    readTable(path, text, memory);
    await breathe();
  }
}
