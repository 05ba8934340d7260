import type { Routes } from "../contract/index.ts";
import { apiErrors } from "../errors.ts";
import type { Handler } from "../handler.ts";

export const stopWhatIf: Handler<Routes["stopWhatIf"]> = async ({ params }, { whatIfs }) => {
  const stopped = await whatIfs.stop(params.whatIfId);
  if (stopped === undefined) throw apiErrors.notFound({});
  return stopped;
};
