import type { RouteName, Routes } from "../contract/index.ts";
import type { Handler, OpenHandler } from "../handler.ts";
import { decideDelivery } from "./decide-delivery.ts";
import { explainMessage } from "./explain-message.ts";
import { getMessage } from "./get-message.ts";
import { getOverview } from "./get-overview.ts";
import { getPatient } from "./get-patient.ts";
import { getSession } from "./get-session.ts";
import { inviteAdministrator } from "./invite-administrator.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { listMessages } from "./list-messages.ts";
import { listPatients } from "./list-patients.ts";
import { replayMessage } from "./replay-message.ts";
import { searchMessages } from "./search-messages.ts";
import { searchPatients } from "./search-patients.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

type OpenRoute = "signIn";

/** The handler of each route that needs no sign-in. */
export const openHandlers: { readonly [Name in OpenRoute]: OpenHandler<Routes[Name]> } = {
  signIn,
};

/** The handler of each other route. */
export const handlers: {
  readonly [Name in Exclude<RouteName, OpenRoute>]: Handler<Routes[Name]>;
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
  getSession,
  signOut,
  inviteAdministrator,
};
