import type { Routes } from "../contract/index.ts";
import { apiErrors } from "../errors.ts";
import type { Handler } from "../handler.ts";

export const getWhatIf: Handler<Routes["getWhatIf"]> = ({ params }, { whatIfs }) => {
  const found = whatIfs.find(params.whatIfId);
  if (found === undefined) throw apiErrors.notFound({});
  return Promise.resolve(found);
};
