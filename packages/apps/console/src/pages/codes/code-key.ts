import type { UnmappedCode } from "@trestle/api/contract";

/** What names a code: in the address, and in what was decided. */
export type CodeOfTable = Pick<UnmappedCode, "site" | "table" | "local">;

/** `site/table/local`; neither a site nor a table has a slash in its name. */
export function keyOf({ site, table, local }: CodeOfTable): string {
  return `${site}/${table}/${local}`;
}

/** @returns The code that a key names; undefined where it names none. */
export function codeOf(key: string | undefined): CodeOfTable | undefined {
  const found = /^(?<site>[^/]+)\/(?<table>[^/]+)\/(?<local>.+)$/u.exec(key ?? "")?.groups;
  if (found === undefined) return undefined;
  const { site = "", table = "", local = "" } = found;
  return { site, table, local };
}
