import { z } from "zod";

// What the commands about code tables share.

export const tableOptions = {
  config: z.string().default(".").meta({ value: "DIR", description: "The integration folder." }),
  site: z.string().meta({ value: "SITE", description: "Whose table it is." }),
  table: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/u, {
      error: "is the name of a table, such as observation-code.",
    })
    .meta({ value: "TABLE", description: "The table, such as observation-code." }),
} as const;

/** What a row says, in a line for a person. */
export function rowLine({
  local,
  display,
  system,
  code,
  status,
}: Readonly<Record<"local" | "display" | "system" | "code" | "status", string>>): string {
  const meaning = code === "" ? status : `${system} ${code}`;
  const name = display === "" ? "" : `  ${display}`;
  const mark = status === "proposed" ? "  (proposed)" : "";
  return `${local}  →  ${meaning}${name}${mark}`;
}
