import type { Problem } from "@trestle/base";
import type { UnmappedCode, UnmappedPolicies } from "@trestle/mapping";

/** The code of the reason why deliveries wait for a row. */
export const codeWithoutRow = "channels.codeWithoutRow";

/** Why what a message gives must not be delivered yet; undefined where it may be. */
export function reasonToHold(
  codes: readonly UnmappedCode[],
  policies: UnmappedPolicies | undefined,
): Problem | undefined {
  const held = codes.filter(({ table }) => policies?.get(table)?.unmapped === "hold");
  const named = [...new Set(held.map(nameOf))];
  if (named.length === 0) return undefined;
  const more = named.length > mostNamed ? ` and ${named.length - mostNamed} more` : "";
  const verb = named.length === 1 ? "has" : "have";
  return {
    code: codeWithoutRow,
    text: `${named.slice(0, mostNamed).join(", ")}${more} ${verb} no row.`,
    hint: "It goes on by itself once the table has a row and the hub works by it. Retry delivers it with the code as it was sent.",
  };
}

function nameOf({ table, local, field }: UnmappedCode): string {
  const code = local === "" ? `A code in ${field}, not shown,` : `The code “${local}”`;
  return `${code} of the table ${table}`;
}

const mostNamed = 3;
