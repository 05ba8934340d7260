import type { RouteName, Routes } from "../contract/index.ts";
import type { FhirHandler, Handler, OpenHandler } from "../handler.ts";
import { getSiteFhir } from "./get-site-fhir.ts";
import { listSitesFhir } from "./list-sites-fhir.ts";
import { querySiteFhir } from "./query-site-fhir.ts";
import { readSiteFhir } from "./read-site-fhir.ts";
import { searchSiteFhir } from "./search-site-fhir.ts";
import { decideCodes } from "./decide-codes.ts";
import { decideDelivery } from "./decide-delivery.ts";
import { explainMessage } from "./explain-message.ts";
import { approvePromotion } from "./approve-promotion.ts";
import { getPromotion } from "./get-promotion.ts";
import { getConfiguration } from "./get-configuration.ts";
import { changeSettingsFile } from "./change-settings-file.ts";
import { getSettingsFile } from "./get-settings-file.ts";
import { listSettingsFiles } from "./list-settings-files.ts";
import { getMessage } from "./get-message.ts";
import { getOverview } from "./get-overview.ts";
import { getPatient } from "./get-patient.ts";
import { getProbeExamples } from "./get-probe-examples.ts";
import { getProbe } from "./get-probe.ts";
import { listProbes } from "./list-probes.ts";
import { startProbe } from "./start-probe.ts";
import { stopProbe } from "./stop-probe.ts";
import { getSession } from "./get-session.ts";
import { inviteAdministrator } from "./invite-administrator.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { listMessages } from "./list-messages.ts";
import { listPatients } from "./list-patients.ts";
import { getTableCoverage } from "./get-table-coverage.ts";
import { listTableRows } from "./list-table-rows.ts";
import { listUnmappedCodes } from "./list-unmapped-codes.ts";
import { reloadConfiguration } from "./reload-configuration.ts";
import { replayMessage } from "./replay-message.ts";
import { searchMessages } from "./search-messages.ts";
import { searchPatients } from "./search-patients.ts";
import { startWhatIf } from "./start-what-if.ts";
import { stopWhatIf } from "./stop-what-if.ts";
import { getWhatIf } from "./get-what-if.ts";
import { listWhatIfs } from "./list-what-ifs.ts";
import { suggestCodes } from "./suggest-codes.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

type OpenRoute = "signIn";
type FhirRoute = "searchSiteFhir" | "readSiteFhir";

/** The handler of each route that needs no sign-in. */
export const openHandlers: { readonly [Name in OpenRoute]: OpenHandler<Routes[Name]> } = {
  signIn,
};

/** The handler of each route that answers in FHIR. */
export const fhirHandlers: { readonly [Name in FhirRoute]: FhirHandler<Routes[Name]> } = {
  searchSiteFhir,
  readSiteFhir,
};

/** The handler of each other route. */
export const handlers: {
  readonly [Name in Exclude<RouteName, OpenRoute | FhirRoute>]: Handler<Routes[Name]>;
} = {
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
  listSitesFhir,
  getSiteFhir,
  querySiteFhir,
  listUnmappedCodes,
  suggestCodes,
  getTableCoverage,
  listTableRows,
  decideCodes,
  getConfiguration,
  reloadConfiguration,
  listSettingsFiles,
  getSettingsFile,
  changeSettingsFile,
  getPromotion,
  approvePromotion,
  startWhatIf,
  listWhatIfs,
  getWhatIf,
  stopWhatIf,
  startProbe,
  listProbes,
  getProbe,
  stopProbe,
  getProbeExamples,
  getSession,
  signOut,
  inviteAdministrator,
};
