import { phi } from "@trestle/base";
import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";
import { messagePage } from "../message-page.ts";

/** As `listMessages`; a search for a patient finds messages under each of their identifiers. */
export const searchMessages: Handler<Routes["searchMessages"]> = async (
  { caller, body },
  dependencies,
) => {
  const { patient = "", ...wanted } = body;
  const page = { caller, action: "searchMessages", wanted };
  if (patient === "") return messagePage(page, dependencies);
  const known = await dependencies.record.keysOf(phi(patient));
  const written = patient.includes("|") ? [phi(patient)] : [];
  const patientKeys = [...written, ...known].slice(0, mostKeys);
  return messagePage({ ...page, patientKeys }, dependencies);
};

/** Most identifiers of one patient that are searched for. */
const mostKeys = 500;
