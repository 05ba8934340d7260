/** Where a command writes: rows to standard output, all else to standard error. */
export interface Out {
  /** One result. With `--json` the value as one line; otherwise the text. */
  row(value: unknown, text: string): void;
  /** Rows as they were printed elsewhere, with their line ends. */
  printed(rows: string): void;
  /** Something for the person at the terminal, never for a script. */
  note(text: string): void;
  readonly isJson: boolean;
}

export interface Streams {
  readonly standardOutput: (text: string) => void;
  readonly standardError: (text: string) => void;
}

export function createOut(streams: Streams, isJson: boolean): Out {
  return {
    isJson,
    row: (value, text) => streams.standardOutput(`${isJson ? JSON.stringify(value) : text}\n`),
    printed: (rows) => {
      if (rows !== "") streams.standardOutput(rows);
    },
    note: (text) => streams.standardError(`${text}\n`),
  };
}

/** Lines up cells in columns, two blanks apart; the last column is as long as it likes. */
export function columns(cells: readonly (readonly [text: string, width: number])[]): string {
  return cells
    .map(([text, width]) => text.padEnd(width))
    .join("  ")
    .trimEnd();
}

/** `1 site`, `2 sites`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A time as the API gives it, without the fraction of its second. */
export function toTheSecond(time: string): string {
  return time.replace(/\.\d+Z$/u, "Z");
}
