import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";
import { patientPage } from "../patient-page.ts";

export const searchPatients: Handler<Routes["searchPatients"]> = ({ caller, body }, dependencies) =>
  patientPage({ caller, action: "searchPatients", ...body }, dependencies);
