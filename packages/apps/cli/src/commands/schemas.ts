import { z } from "zod";
import { UsageError, defineCommand } from "../command.ts";
import { onDemand } from "../io/on-demand.ts";
import { counted } from "../out.ts";

export const schemas = defineCommand({
  name: "schemas",
  summary:
    "Write the JSON Schemas by which editors complete and check the YAML files of a folder; again after an upgrade.",
  json: "for each file that was written: file.",
  operands: [{ name: "dir", description: "The integration folder." }],
  options: z.strictObject({
    dir: z.string().default("."),
    addLines: z
      .boolean()
      .default(false)
      .describe("Begin each YAML file that names no schema with the comment that names it."),
  }),
  examples: ["trestle schemas integrations/sample", "trestle schemas --add-lines"],
  async run({ dir, addLines }, { out }) {
    const { noIntegration, writeSchemas } = await onDemand.integration();
    const none = await noIntegration(dir);
    if (none !== undefined) throw new UsageError(`${none.text}\n  ${none.hint}`);
    const written = await writeSchemas(dir, { addsLines: addLines });
    for (const file of [...written.schemas, ...written.linesAdded]) out.row({ file }, file);
    const left = written.withoutLine.length;
    if (left > 0) {
      out.note(`${counted(left, "file")} without a line that names a schema; --add-lines adds it.`);
    }
    return 0;
  },
});
