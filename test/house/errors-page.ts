/** One row of an error table, as `@trestle/base` declares it. */
interface ErrorRow {
  readonly failure: string;
  readonly hint: string;
}

/** Every error table, by package. */
export type ErrorTables = ReadonlyMap<string, Readonly<Record<string, ErrorRow>>>;

/** `docs/reference/errors.md` from every declared error table. */
export function errorsPage(tables: ErrorTables): string {
  const sections = [...tables.entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([space, kinds]) => section(space, kinds));
  return `${[head, ...sections].join("\n\n")}\n`;
}

function section(space: string, kinds: Readonly<Record<string, ErrorRow>>): string {
  const rows = Object.entries(kinds).map(
    ([name, { failure, hint }]) =>
      `| \`${space}.${name}\` | ${failure} | ${hint.replaceAll("|", "\\|")} |`,
  );
  return [`## ${space}`, "", "| code | failure | what to do |", "|---|---|---|", ...rows].join(
    "\n",
  );
}

const head = `# Errors

Made from the code by \`npm run docs\`; a test fails when it is out of date.

Every failure that Trestle raises on purpose has a stable code. The class of a failure decides what
happens to a delivery that meets it:

- **transient**: surely not accepted. It is tried again, with growing pauses.
- **ambiguous**: perhaps accepted. It is never repeated blindly: a destination that drops repeats gets
  it again, any other has it held for a person.
- **permanent**: will never be accepted. It is held until a person decides.`;
