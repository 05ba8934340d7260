import type { SettingRow } from "./describe-settings.ts";

/** The settings of one kind of file. */
export interface SettingsSection {
  /** Such as `trestle.yaml` or `channels/*.yaml`. */
  readonly title: string;
  readonly rows: readonly SettingRow[];
}

/**
 * Every setting of every file, as `docs/reference/configuration.md` has them.
 *
 * @param head What stands above the tables; that of an integration where left out.
 */
export function settingsPage(sections: readonly SettingsSection[], head = settingsHead): string {
  const heads = ["setting", "type", "default", "what it is"];
  return page(head, sections, (rows) => table(heads, rows.map(settingCells)));
}

/** `docs/reference/limits.md`: every setting that is a number, with its bounds. */
export function limitsPage(sections: readonly SettingsSection[]): string {
  const heads = ["setting", "default", "least", "most", "what it is"];
  const limits = sections
    .map(({ title, rows }) => ({ title, rows: rows.filter(isNumber) }))
    .filter(({ rows }) => rows.length > 0);
  return page(limitsHead, limits, (rows) => table(heads, rows.map(limitCells)));
}

function page(
  head: string,
  sections: readonly SettingsSection[],
  body: (rows: readonly SettingRow[]) => string,
): string {
  const parts = sections.map(({ title, rows }) => `## ${title}\n\n${body(rows)}`);
  return `${[head, ...parts].join("\n\n")}\n`;
}

function settingCells(row: SettingRow): readonly string[] {
  return [
    code(row.path),
    row.type,
    row.isRequired ? "required" : code(row.default),
    row.description,
  ];
}

function limitCells(row: SettingRow): readonly string[] {
  const value = row.isRequired ? "required" : row.default;
  const cells = [value, row.least, row.most].map((text) => withBinaryUnit(row.path, text));
  return [code(row.path), ...cells, row.description];
}

/** `16777216 (16 MiB)`, for nobody reads the first and everybody writes it. */
function withBinaryUnit(path: string, text: string): string {
  const bytes = Number(text);
  if (!path.endsWith("Bytes") || !Number.isInteger(bytes) || bytes < 1024) return text;
  const unit = units.findLast(({ size }) => bytes % size === 0);
  return unit === undefined ? text : `${text} (${bytes / unit.size} ${unit.name})`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), `|${"---|".repeat(heads.length)}`, ...rows.map(line)].join("\n");
}

function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}

function isNumber({ type }: SettingRow): boolean {
  return type === "number" || type === "whole number";
}

const units = [
  { name: "KiB", size: 1024 },
  { name: "MiB", size: 1024 ** 2 },
  { name: "GiB", size: 1024 ** 3 },
];

const settingsHead = `# Configuration

Made from the code by \`npm run docs\`; a test fails when it is out of date.

An integration is a folder. \`trestle check\` reads all of it and reports every problem at once. In the
tables \`*\` stands for a name that you choose, and \`[]\` for each item of a list. A setting without a
default may be left out unless it is required; a required one inside a group counts where the group
is written.`;

const limitsHead = `# Limits

Made from the code by \`npm run docs\`; a test fails when it is out of date.

Every queue, buffer, page, wait and retry has a limit. The unit is the last word of a setting's name.`;
