/** What is wrong in a configuration file, where, and what to do. Lines and columns count from 1. */
export interface ConfigProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Keys and positions that lead to what is wrong; absent where the file as a whole is. */
  readonly path?: readonly PropertyKey[];
  /** Stable, such as `config.unknownKey`. */
  readonly code: string;
  readonly text: string;
  readonly hint: string;
}

/** Each problem in two lines: where and what, then what to do. */
export function printProblems(problems: readonly ConfigProblem[]): string {
  return problems
    .map(({ file, line, column, text, hint }) => `${file}:${line}:${column}  ${text}\n  ${hint}`)
    .join("\n");
}
