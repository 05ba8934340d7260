import { join } from "node:path";
import type { CodeChangeSet, CodeDecision, CodesDecided } from "@trestle/api";
import { addRows, remarksOn } from "@trestle/code-tables";
import type { Integration } from "@trestle/integration";
import { changeSetOf } from "./change-set.ts";
import { messageOf } from "./commit-message.ts";
import { type TableText, readTableText } from "./io/table-text.ts";
import type { Turns } from "./turns.ts";

type Decided = Pick<Integration, "directory" | "settings" | "sites">;

/**
 * Makes change sets of an integration folder, from its files as they stand.
 *
 * @param turns Of who changes the folder: one after the other, so that two people's commits never meet
 * in one file.
 */
export function codeDecider(
  current: () => Decided,
  turns: Turns,
): (decided: CodesDecided) => Promise<CodeChangeSet> {
  return (decided) => turns.first(() => decide(current(), decided));
}

async function decide(integration: Decided, decided: CodesDecided): Promise<CodeChangeSet> {
  const groups = byTable(decided.decisions);
  const changes = await Promise.all(groups.map((group) => changeOf(integration, group)));
  const problems = changes.flatMap((change) => change.problems);
  if (problems.length > 0) return { problems, remarks: [], files: [] };
  const remarks = changes.flatMap((change) => change.remarks);
  const files = changes.flatMap(({ file }) => (file === undefined ? [] : [file]));
  const { as, person, decisions } = decided;
  const change = { files, as, person, message: messageOf(decisions) };
  return {
    ...(await changeSetOf(integration, change)),
    problems,
    remarks,
    files: files.map(({ path, before, rows }) => ({ path, isNew: before === undefined, rows })),
  };
}

/** The decisions about one table of a site, each with its number in the request. */
interface Group {
  readonly site: string;
  readonly table: string;
  readonly decisions: readonly (CodeDecision & { readonly index: number })[];
}

function byTable(decisions: readonly CodeDecision[]): readonly Group[] {
  const numbered = decisions.map((decision, index) => ({ ...decision, index }));
  const groups = Map.groupBy(numbered, ({ site, table }) => `${site}/${table}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : { site: first.site, table: first.table, decisions: group };
  });
}

interface Change {
  readonly problems: CodeChangeSet["problems"];
  readonly remarks: CodeChangeSet["remarks"];
  readonly file?: TableText & { readonly after: string; readonly rows: number };
}

async function changeOf({ directory, sites }: Decided, group: Group): Promise<Change> {
  const site = sites.get(group.site);
  if (site === undefined) return refused(group, noSite);
  const { table, decisions } = group;
  const path = `sites/${site.id}/tables/${table}.csv`;
  const read = await readTableText(join(directory, path));
  if (!read.ok) return refused(group, { ...read.problem, at: `${path}:1:1` });
  const before = read.value;
  const added = addRows({ table, path, text: before }, decisions);
  if (!added.ok) {
    const problems = added.problems.map(({ row, ...problem }) =>
      placed(decisions[row ?? -1], problem),
    );
    return { problems, remarks: [] };
  }
  const remarks = remarksAmong(decisions, { table, rows: added.rows, siteTables: site.tables });
  const file = { path, before, after: added.text, rows: decisions.length };
  return { problems: [], remarks, file };
}

function remarksAmong(
  decisions: Group["decisions"],
  changed: Parameters<typeof remarksOn>[0],
): CodeChangeSet["remarks"] {
  const byLocal = new Map(decisions.map((decision) => [decision.local.trim(), decision]));
  return remarksOn(changed).flatMap(({ row, code, text, hint }) => {
    const decision = byLocal.get(row.local);
    return decision === undefined ? [] : [placed(decision, { code, text, hint })];
  });
}

function placed<T extends object>(
  decision: { readonly index: number } | undefined,
  problem: T,
): T & { decision?: number } {
  return { ...problem, ...(decision && { decision: decision.index }) };
}

function refused({ decisions }: Group, problem: CodeChangeSet["problems"][number]): Change {
  return { problems: decisions.map((decision) => placed(decision, problem)), remarks: [] };
}

const noSite = {
  code: "hub.siteNotConfigured",
  text: "The configuration in force has no such site.",
  hint: "Start the hub with a folder that has it, or let the code go.",
};
