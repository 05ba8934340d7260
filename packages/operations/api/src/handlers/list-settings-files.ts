import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";

export const listSettingsFiles: Handler<Routes["listSettingsFiles"]> = async (
  _,
  { settingsFiles },
) => ({ items: [...(await settingsFiles.list())] });
