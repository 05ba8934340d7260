import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";

/** The access record has who asked for what before anything is made. */
export const changeSettingsFile: Handler<Routes["changeSettingsFile"]> = async (
  { caller: { person, purpose }, body },
  { access, settingsFiles },
) => {
  await access.recordAccess({
    person,
    action: `changeSettings ${body.as}`,
    subjects: [`file ${body.path}`],
    purpose: purpose ?? "",
    reason: body.note.trim(),
  });
  return settingsFiles.change({ ...body, person });
};
