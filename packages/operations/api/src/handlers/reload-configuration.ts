import { mostProblems, viewChange, viewRefused } from "../configuration-view.ts";
import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";

export const reloadConfiguration: Handler<Routes["reloadConfiguration"]> = async (
  { caller: { person }, body: { reason } },
  { access, configuration, integration },
) => {
  const action = "reloadConfiguration";
  await access.recordAccess({ person, action, subjects: [], purpose: "", reason });
  const reloaded = await configuration.reload(person.name);
  const { outcome } = reloaded;
  const { revision } = integration();
  if (outcome === "applied") return { outcome, revision, change: viewChange(reloaded.change) };
  if (outcome === "unchanged") return { outcome, revision };
  return { outcome, revision, refused: viewRefused(reloaded.refused, mostProblems) };
};
