import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";
import { runningView, summaryView } from "../probe-view.ts";

export const listProbes: Handler<Routes["listProbes"]> = async (
  { params: { site }, query: { limit } },
  { probes },
) => {
  const running = probes.running(site);
  return {
    ...(running && { running: runningView(running) }),
    items: probes.reports(site, limit).map(summaryView),
  };
};
