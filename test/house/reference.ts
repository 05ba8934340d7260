import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type OpenApi, apiPage } from "./api-page.ts";
import { type CliCommand, cliPage } from "./cli-page.ts";
import { type ErrorTables, errorsPage } from "./errors-page.ts";
import { filesBelow, root } from "./files.ts";

/** A page under `docs/reference/` that is made from the code. */
export interface ReferencePage {
  /** From the repository's root. */
  readonly path: string;
  /** The page as the code says it should read now. */
  readonly make: () => Promise<string>;
}

export const referencePages: readonly ReferencePage[] = [
  { path: "docs/reference/api.md", make: makeApiPage },
  { path: "docs/reference/cli.md", make: makeCliPage },
  { path: "docs/reference/configuration.md", make: () => makeSettingsPage("settingsPage") },
  { path: "docs/reference/errors.md", make: makeErrorsPage },
  { path: "docs/reference/limits.md", make: () => makeSettingsPage("limitsPage") },
  { path: "docs/reference/sandbox.md", make: makeSandboxPage },
];

async function makeApiPage(): Promise<string> {
  const { openApiDocument } = await load<{ openApiDocument: (routes: unknown) => OpenApi }>(
    "packages/operations/api/src/openapi.ts",
  );
  const { routes } = await load<{ routes: unknown }>(
    "packages/operations/api/src/contract/index.ts",
  );
  return apiPage(openApiDocument(routes));
}

async function makeCliPage(): Promise<string> {
  const { commands } = await load<{ commands: readonly CliCommand[] }>(
    "packages/apps/cli/src/commands/index.ts",
  );
  const { commandHelp } = await load<{ commandHelp: (command: CliCommand) => string }>(
    "packages/apps/cli/src/help.ts",
  );
  return cliPage(commands, commandHelp);
}

async function makeSettingsPage(page: "settingsPage" | "limitsPage"): Promise<string> {
  const pages = await load<Record<typeof page, (sections: unknown) => string>>(
    "packages/foundation/config/src/index.ts",
  );
  const { settingsSections } = await load<{ settingsSections: () => unknown }>(
    "packages/engine/integration/src/index.ts",
  );
  return pages[page](settingsSections());
}

async function makeSandboxPage(): Promise<string> {
  const { describeSettings, settingsPage } = await load<{
    describeSettings: (schema: unknown) => unknown;
    settingsPage: (sections: unknown, head: string) => string;
  }>("packages/foundation/config/src/index.ts");
  const sections = sandboxSchemas.map(async ({ title, path, name }) => {
    const schemas = await load<Readonly<Record<string, unknown>>>(
      `packages/apps/sandbox/src/${path}`,
    );
    return { title, rows: describeSettings(schemas[name]) };
  });
  return settingsPage(await Promise.all(sections), sandboxHead);
}

/** What a person can set of the sandbox, and where its schema is. */
const sandboxSchemas = [
  { title: "Switches of a site", path: "site/switches.ts", name: "siteSwitches" },
  { title: "Messages of a site", path: "site/feed-settings.ts", name: "feedSettings" },
  { title: "Limits", path: "site/limits.ts", name: "sandboxLimits" },
  { title: "Faults", path: "admin/faults.ts", name: "faultSettings" },
  { title: "Clients on record", path: "access/client.ts", name: "clientSettings" },
  { title: "Users", path: "access/users.ts", name: "userSettings" },
  { title: "The sandbox in a program", path: "settings.ts", name: "sandboxSettings" },
] as const;

const sandboxHead = `# The sandbox

Made from the code by \`npm run docs\`; a test fails when it is out of date.

A profile of \`npx trestle sandbox --profile FILE\` holds \`switches\`, \`feed\` (messages), \`limits\`,
\`faults\`, \`clients\` and \`users\`, each as below; what is left out has its default. While the sandbox runs, its admin API
changes switches with \`PATCH /switches\` and faults with \`PUT /faults\`. A program gives the settings
of the last table to \`startSandbox\`. In the tables \`*\` stands for a name that you choose, and \`[]\`
for each item of a list.`;

async function makeErrorsPage(): Promise<string> {
  const files = filesBelow("packages", ["errors.ts"]).map(({ path }) => path);
  await Promise.all(files.filter((path) => path.includes("/src/")).map(load));
  const { declaredErrors } = await load<{ declaredErrors: () => ErrorTables }>(
    "packages/foundation/base/src/index.ts",
  );
  return errorsPage(declaredErrors());
}

/** By path: the house stands outside of the packages, so their manifests do not apply to it. */
async function load<Module>(path: string): Promise<Module> {
  return (await import(pathToFileURL(join(root, path)).href)) as Module;
}
