import type { AllowedCodes } from "@trestle/integration";
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

/** The codes of a value set, with what the rows of its table say that they mean. */
export function allowedCodes({ codes }: AllowedCodes, rows: readonly CodeRow[]): KnownCodes {
  const wanted = new Set(codes.map(normal));
  const { targets, targetCodes, locals } = knownCodes(
    rows.filter(({ local }) => wanted.has(normal(local))),
  );
  return { targets, targetCodes, locals: new Set([...codes, ...locals]) };
}

/** Case and outer blanks do not count in tables. */
function normal(local: string): string {
  return local.trim().toLowerCase();
}
