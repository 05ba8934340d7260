import { getConfiguration, reloadConfiguration } from "./configuration.ts";
import { approvePromotion, getPromotion } from "./promotions.ts";
import { getSiteFhir, listSitesFhir, querySiteFhir, readSiteFhir, searchSiteFhir } from "./fhir.ts";
import {
  decideDelivery,
  explainMessage,
  getMessage,
  listDeliveries,
  listMessages,
  replayMessage,
  searchMessages,
} from "./messages.ts";
import { getOverview } from "./overview.ts";
import { getPatient, listPatients, searchPatients } from "./patients.ts";
import { getProbe, getProbeExamples, listProbes, startProbe, stopProbe } from "./probes.ts";
import { getSession, inviteAdministrator, signIn, signOut } from "./session.ts";
import { changeSettingsFile, getSettingsFile, listSettingsFiles } from "./settings-files.ts";
import {
  decideCodes,
  getTableCoverage,
  listTableRows,
  listUnmappedCodes,
  suggestCodes,
} from "./tables.ts";
import { getWhatIf, listWhatIfs, startWhatIf, stopWhatIf } from "./what-ifs.ts";

/** Every route of the API, in the order of its reference page. */
export const routes = {
  getOverview,
  listMessages,
  searchMessages,
  getMessage,
  explainMessage,
  replayMessage,
  listDeliveries,
  decideDelivery,
  listPatients,
  searchPatients,
  getPatient,
  searchSiteFhir,
  readSiteFhir,
  listSitesFhir,
  getSiteFhir,
  querySiteFhir,
  listUnmappedCodes,
  suggestCodes,
  decideCodes,
  getConfiguration,
  reloadConfiguration,
  listSettingsFiles,
  getSettingsFile,
  changeSettingsFile,
  getPromotion,
  approvePromotion,
  getTableCoverage,
  listTableRows,
  startWhatIf,
  listWhatIfs,
  getWhatIf,
  stopWhatIf,
  startProbe,
  listProbes,
  getProbe,
  stopProbe,
  getProbeExamples,
  signIn,
  getSession,
  signOut,
  inviteAdministrator,
} as const;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
