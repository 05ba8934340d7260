import type { CodeDecision } from "@trestle/api";

/** What a commit says: how many codes where, then each with its meaning and the note. */
export function messageOf(decisions: readonly CodeDecision[]): string {
  const sites = [...new Set(decisions.map(({ site }) => site))];
  const codes = decisions.map(({ local }) => local);
  const shown = codes.slice(0, 3).join(", ");
  const more = codes.length > 3 ? ` and ${codes.length - 3} more` : "";
  return [`Decide ${shown}${more} at ${sites.join(", ")}`, "", ...decisions.map(lineOf), ""].join(
    "\n",
  );
}

function lineOf({ site, table, local, system, code, status, note }: CodeDecision): string {
  const meaning = status === "not mapped on purpose" ? status : `${system}|${code} (${status})`;
  return `${site} ${table}: ${local} is ${meaning}${note === "" ? "" : `; ${note}`}`;
}
