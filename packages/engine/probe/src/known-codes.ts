import type { CodeRow } from "@trestle/mapping";

/** The codes that a code table of a site knows, on both of its sides. */
export interface KnownCodes {
  readonly locals: ReadonlySet<string>;
  /** `system|code` of what locals mean. */
  readonly targets: ReadonlySet<string>;
  /** The codes of those alone, for values that name no system. */
  readonly targetCodes: ReadonlySet<string>;
}

/** Rows that are left out of use on purpose are known too: somebody has decided about them. */
export function knownCodes(rows: readonly CodeRow[]): KnownCodes {
  const mapped = rows.filter(({ code }) => code !== "");
  return {
    locals: new Set(rows.map(({ local }) => local)),
    targets: new Set(mapped.map(({ system, code }) => `${system}|${code}`)),
    targetCodes: new Set(mapped.map(({ code }) => code)),
  };
}
