import { join } from "node:path";
import type { ChangeSet, CodeDecision, CodesDecided } from "@trestle/api";
import { addRows, patchOf, remarksOn } from "@trestle/code-tables";
import { type Integration, commitFiles, repositoryPrefix, whyNoCommit } from "@trestle/integration";
import { messageOf } from "./commit-message.ts";
import { type TableText, readTableText } from "./io/table-text.ts";
import { Turns } from "./turns.ts";

type Decided = Pick<Integration, "directory" | "settings" | "sites">;

/**
 * Makes change sets of an integration folder, from its files as they stand. One after the other, so
 * that two people's commits never meet in one file.
 */
export function codeDecider(current: () => Decided): (decided: CodesDecided) => Promise<ChangeSet> {
  const turns = new Turns();
  return (decided) => turns.first(() => changeSetOf(current(), decided));
}

async function changeSetOf(integration: Decided, decided: CodesDecided): Promise<ChangeSet> {
  const groups = byTable(decided.decisions);
  const changes = await Promise.all(groups.map((group) => changeOf(integration, group)));
  const problems = changes.flatMap((change) => change.problems);
  if (problems.length > 0) return { problems, remarks: [], files: [] };
  const remarks = changes.flatMap((change) => change.remarks);
  const files = changes.flatMap(({ file }) => (file === undefined ? [] : [file]));
  const prefix = (await repositoryPrefix(integration.directory)) ?? "";
  return {
    problems,
    remarks,
    files: files.map(({ path, before, rows }) => ({ path, isNew: before === undefined, rows })),
    patch: patchOf(files.map((file) => ({ ...file, path: `${prefix}${file.path}` }))),
    ...(await commitOf(integration, decided, files)),
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
  readonly problems: ChangeSet["problems"];
  readonly remarks: ChangeSet["remarks"];
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
): ChangeSet["remarks"] {
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

function refused({ decisions }: Group, problem: ChangeSet["problems"][number]): Change {
  return { problems: decisions.map((decision) => placed(decision, problem)), remarks: [] };
}

async function commitOf(
  { directory, settings }: Decided,
  { decisions, as, person }: CodesDecided,
  files: readonly NonNullable<Change["file"]>[],
): Promise<Pick<ChangeSet, "commit" | "whyNoCommit">> {
  if (!settings.changes.commitToGit) return { whyNoCommit: notAllowed };
  if (as === "patch") {
    const problem = await whyNoCommit(
      directory,
      files.map(({ path }) => path),
    );
    return problem === undefined ? {} : { whyNoCommit: problem };
  }
  const answer = await commitFiles(directory, {
    files,
    // No mail goes there: the domain is one that never exists (RFC 2606).
    author: { name: person.name, email: `${person.id}@trestle.invalid` },
    message: messageOf(decisions),
  });
  return answer.ok ? { commit: answer.value } : { whyNoCommit: answer.problem };
}

const noSite = {
  code: "hub.siteNotConfigured",
  text: "The configuration in force has no such site.",
  hint: "Start the hub with a folder that has it, or let the code go.",
};

const notAllowed = {
  code: "hub.commitsOff",
  text: "This hub does not write to its integration folder.",
  hint: "Take the patch; or set changes.commitToGit in trestle.yaml, in a folder that is a git repository.",
};
