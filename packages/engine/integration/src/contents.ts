import { createHash } from "node:crypto";
import { shapes } from "./folder-shape.ts";
import type { FolderMemory } from "./memory.ts";
import type { Named, Parts } from "./parts.ts";

/** What a file is made of, and how a change of it is counted. */
export interface FileContent {
  readonly of: "settings" | "rows" | "lines";
  /** Plain: what the file says, with its defaults; the rows of a code table; lines. */
  readonly value: unknown;
  readonly text: string;
  /** The same for the same text. */
  readonly fingerprint: string;
}

/** What every file of a folder says, by its path. Shares its values with the integration. */
export type Contents = ReadonlyMap<string, FileContent>;

/** What the files of a folder without problems say. */
export function contentsOf(
  parts: Parts,
  texts: ReadonlyMap<string, string>,
  memory: FolderMemory,
): Contents {
  return new Map(
    [...texts].map(([path, text]) => [
      path,
      {
        ...saidBy(path, { parts, text }),
        text,
        fingerprint: memory.recall(`fingerprint of ${path}`, [text], () => fingerprintOf(text)),
      },
    ]),
  );
}

function fingerprintOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

function saidBy(
  path: string,
  { parts, text }: { parts: Parts; text: string },
): Pick<FileContent, "of" | "value"> {
  if (shapes.transform.test(path)) return { of: "lines", value: text.split("\n") };
  const { site, name } = shapes.table.exec(path)?.groups ?? {};
  if (site !== undefined && name !== undefined) {
    return { of: "rows", value: parts.tables.get(site)?.get(name) ?? [] };
  }
  return { of: "settings", value: settingsOf(path, parts) };
}

function settingsOf(path: string, parts: Parts): unknown {
  if (shapes.settings.test(path)) return parts.settings;
  if (shapes.needs.test(path)) return parts.needs;
  const named: readonly (readonly [RegExp, Named<unknown>])[] = [
    [shapes.channel, parts.channels],
    [shapes.destination, parts.destinations],
    [shapes.site, parts.sites],
    [shapes.people, parts.people],
    [shapes.overlay, parts.overlays],
    [shapes.profile, parts.profiles],
  ];
  for (const [shape, files] of named) {
    const name = shape.exec(path)?.groups?.["name"];
    if (name !== undefined) return files.get(name);
  }
  return undefined;
}
