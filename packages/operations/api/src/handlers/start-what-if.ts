import type { Routes } from "../contract/index.ts";
import { apiErrors } from "../errors.ts";
import type { Handler } from "../handler.ts";

export const startWhatIf: Handler<Routes["startWhatIf"]> = async (
  { caller: { person, purpose }, body: { revision, against, since, site } },
  { whatIfs, access, integration },
) => {
  if (site !== undefined && !integration().sites.has(site))
    throw apiErrors.badRequest({ at: "site" });
  await access.recordAccess({
    person,
    action: "startWhatIf",
    subjects: [`revision ${revision}`],
    purpose: purpose ?? "",
    reason: "",
  });
  return whatIfs.start({ revision, against, since: Date.parse(since), site, by: person.name });
};
