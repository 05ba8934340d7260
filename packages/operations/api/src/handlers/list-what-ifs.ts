import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";

export const listWhatIfs: Handler<Routes["listWhatIfs"]> = (_request, { whatIfs }) => {
  const items = whatIfs.list().map(({ result: _result, ...run }) => run);
  return Promise.resolve({ items });
};
