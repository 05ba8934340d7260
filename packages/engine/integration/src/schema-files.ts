import { matchesGlob } from "node:path";
import { type JsonSchema, jsonSchemaOf } from "@trestle/config";
import { type FileKind, fileKinds } from "./file-kinds.ts";

/** The JSON Schema of every kind of YAML file, as files: contents by path in the folder. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    fileKinds.map((kind) => {
      const made = { $comment: comment, ...schemaOf(kind) };
      return [pathOf(kind.name), `${JSON.stringify(made, undefined, 2)}\n`];
    }),
  );
}

/** The JSON Schema of a kind of file. */
export function schemaOf({ title, description, schema }: FileKind): JsonSchema {
  return jsonSchemaOf(schema, { title, description });
}

/**
 * A text with the line of its file at the top, in the line ends that it has.
 *
 * @param path The file's path in the folder, with `/` between the parts.
 * @returns Undefined where it names its schema already, by such a line or a key, or has no schema.
 */
export function withSchemaLine(text: string, path: string): string | undefined {
  const line = schemaLine(path);
  if (line === undefined || namesSchema.test(text)) return undefined;
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  return `${mark}${line}${text.includes("\r\n") ? "\r\n" : "\n"}${text.slice(mark.length)}`;
}

/** The comment by which editors find the schema of a file; they take the path from the file's own. */
function schemaLine(path: string): string | undefined {
  const kind = fileKinds.find(({ files }) => matchesGlob(path, files));
  if (kind === undefined) return undefined;
  const up = "../".repeat(path.split("/").length - 1);
  return `# yaml-language-server: $schema=${up}${pathOf(kind.name)}`;
}

/** Hidden, so that it is no part of what the hub reads and of no revision. */
function pathOf(name: string): string {
  return `.trestle/schemas/${name}.json`;
}

const namesSchema = /^\uFEFF?(?:#\s*yaml-language-server:\s*\$schema=|["']?\$schema["']?\s*:)/mu;

const comment = "Made by `trestle schemas`, which writes it anew; changes here are lost.";
