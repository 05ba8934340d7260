import type { ConfigurationChange, RefusedChange } from "./configuration.ts";
import type { ConfigurationChangeView, RefusedChangeView } from "./contract/index.ts";
import { instantOf } from "./message-view.ts";

/** A change as the API shows it. */
export function viewChange({
  revision,
  at,
  cause,
  by,
  author,
  files,
}: ConfigurationChange): ConfigurationChangeView {
  return {
    revision,
    at: instantOf(at),
    cause,
    ...(by !== "" && { by }),
    ...(author !== "" && { author }),
    files: files.map((file) => ({ ...file, differences: [...file.differences] })),
  };
}

/** A refused change as the API shows it. */
export function viewRefused(
  { at, cause, by, problems }: RefusedChange,
  most: number,
): RefusedChangeView {
  return {
    at: instantOf(at),
    cause,
    ...(by !== "" && { by }),
    count: problems.length,
    problems: problems.slice(0, most).map(({ file, line, column, code, text, hint }) => ({
      file,
      line,
      column,
      code,
      text,
      hint,
    })),
  };
}

/** Problems that a reply shows. */
export const mostProblems = 500;
