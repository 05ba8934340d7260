import type { CodeDecision, Routes } from "../contract/index.ts";
import type { Dependencies } from "../dependencies.ts";
import type { Handler } from "../handler.ts";

/**
 * Only codes of the inbox are decided here: their names are no patient data, and their tables are ones
 * that the mapping looks into.
 */
export const decideCodes: Handler<Routes["decideCodes"]> = async (
  { caller: { person, purpose }, body: { decisions, as } },
  dependencies,
) => {
  const strangers = await strangersIn(decisions, dependencies);
  if (strangers.length > 0) {
    const problems = strangers.map((decision) => ({ decision, ...notListed }));
    return { problems, remarks: [], files: [] };
  }
  await dependencies.access.recordAccess({
    person,
    action: `decideCodes ${as}`,
    subjects: decisions.map(({ site, table, local }) => `code ${site}/${table}/${local}`),
    purpose: purpose ?? "",
    reason: [...new Set(decisions.map(({ note }) => note))].join(" ").trim().slice(0, 500),
  });
  return dependencies.decideCodes({ decisions, as, person });
};

/** The numbers of the decisions about codes that no message had. */
async function strangersIn(
  decisions: readonly CodeDecision[],
  { unmappedCodes }: Pick<Dependencies, "unmappedCodes">,
): Promise<readonly number[]> {
  const found: number[] = [];
  for (const [index, { site, table, local }] of decisions.entries()) {
    const [seen] = await unmappedCodes.list({ site, table, local, order: "count", limit: 1 });
    if (seen === undefined) found.push(index);
  }
  return found;
}

const notListed = {
  code: "api.codeNotListed",
  text: "No message that is remembered had this code.",
  hint: "Load the list of codes again. What is not in it can be added to the table itself.",
};
