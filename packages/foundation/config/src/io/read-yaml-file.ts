import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { type ReadConfig, readYaml } from "../read-yaml.ts";

/**
 * As `readYaml`; a file that cannot be read is a problem too.
 *
 * @param shownAs How problems name the file, where that is not its path.
 */
export async function readYamlFile<T>(
  path: string,
  schema: z.ZodType<T>,
  shownAs = path,
): Promise<ReadConfig<T>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    const problem = {
      file: shownAs,
      line: 1,
      column: 1,
      code: "config.noFile",
      text: "The file cannot be read.",
      hint: "Check that it exists, and that this user may read it.",
    };
    return { ok: false, problems: [problem] };
  }
  return readYaml(text, shownAs, schema);
}
