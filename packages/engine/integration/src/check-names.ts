import type { CrossProblem, Parts } from "./parts.ts";

/** Files and folders give names that stand in addresses, commands and metrics. */
export function checkNames({ channels, destinations, sites, tables }: Parts): CrossProblem[] {
  return [
    ...[...channels.keys()].map((name) => ({ name, file: `channels/${name}.yaml` })),
    ...[...destinations.keys()].map((name) => ({ name, file: `destinations/${name}.yaml` })),
    ...[...new Set([...sites.keys(), ...tables.keys()])].map((name) => ({
      name,
      file: `sites/${name}/site.yaml`,
    })),
  ]
    .filter(({ name }) => !/^[a-z][a-z0-9-]*$/u.test(name))
    .map(({ name, file }) => ({
      file,
      path: [],
      code: "integration.badName",
      text: `“${name}” cannot be a name.`,
      hint: "Begin with a small letter and go on with small letters, digits and hyphens.",
    }));
}
