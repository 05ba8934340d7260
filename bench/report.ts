/** The result of one benchmark, as it stands in docs/benchmarks.md. */
export interface Report {
  readonly title: string;
  /** What was measured, and what each row means. */
  readonly about: string;
  readonly heading: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** What the figures say, in sentences. */
  readonly notes: readonly string[];
}

export function markdown(report: Report): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [
    `## ${report.title}`,
    "",
    report.about,
    "",
    line(report.heading),
    line(report.heading.map(() => "---")),
    ...report.rows.map(line),
    "",
    ...report.notes.map((note) => `- ${note}`),
    "",
  ].join("\n");
}
