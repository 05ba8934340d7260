import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";

export const stopProbe: Handler<Routes["stopProbe"]> = async (
  { params: { site, probe } },
  { probes },
) => ({ wasRunning: probes.stop(site, probe) });
