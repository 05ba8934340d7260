import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";
import { patientPage } from "../patient-page.ts";

export const listPatients: Handler<Routes["listPatients"]> = ({ caller, query }, dependencies) =>
  patientPage({ caller, action: "listPatients", ...query }, dependencies);
