import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";

export const getSettingsFile: Handler<Routes["getSettingsFile"]> = (
  { query: { path } },
  { settingsFiles },
) => settingsFiles.read(path);
