import { readFileSync } from "node:fs";
import { z } from "zod";

/** The version of the command, as its manifest says. */
export function readVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return manifest.parse(JSON.parse(text)).version;
}

const manifest = z.object({ version: z.string() });
