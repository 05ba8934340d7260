import { delimiter, dirname, join } from "node:path";
import { root } from "./files.ts";

/**
 * The environment of every process that the house starts: this very Node first on the path, so that
 * an older one of the system is never used.
 */
export const environment: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: [dirname(process.execPath), join(root, "node_modules/.bin"), process.env["PATH"]].join(
    delimiter,
  ),
};
