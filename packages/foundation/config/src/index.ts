export { type ConfigProblem, printProblems } from "./config-problem.ts";
export { type SettingRow, describeSettings } from "./describe-settings.ts";
export { readYamlFile } from "./io/read-yaml-file.ts";
export { type ReadConfig, readYaml } from "./read-yaml.ts";
