import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from "@tanstack/react-router";
import { DeliveriesPage } from "../pages/deliveries/deliveries-page.tsx";
import { MessagesPage } from "../pages/messages/messages-page.tsx";
import { OverviewPage } from "../pages/overview/overview-page.tsx";
import { PatientsPage } from "../pages/patients/patients-page.tsx";
import { SitesPage } from "../pages/sites/sites-page.tsx";
import { SignInPage } from "../pages/sign-in/sign-in-page.tsx";
import { Broken, NotFound } from "./fallbacks.tsx";
import { Root } from "./root.tsx";
import {
  parseSearch,
  printSearch,
  readCodes,
  readDeliveries,
  readFrame,
  readMessage,
  readMessages,
  readOverview,
  readPatient,
  readSettings,
  readWhatIf,
  readProbe,
} from "./search-params.ts";

const root = createRootRoute({
  component: Root,
  validateSearch: readFrame,
  search: { middlewares: [retainSearchParams(["site"])] },
});

const overview = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: readOverview,
  component: OverviewPage,
});

const signIn = createRoute({ getParentRoute: () => root, path: "/sign-in", component: SignInPage });

const messages = createRoute({
  getParentRoute: () => root,
  path: "/messages",
  validateSearch: readMessages,
  component: MessagesPage,
});

const message = createRoute({
  getParentRoute: () => root,
  path: "/messages/$messageId",
  validateSearch: readMessage,
  component: lazyRouteComponent(() => import("../pages/message/message-page.tsx"), "MessagePage"),
});

const patients = createRoute({
  getParentRoute: () => root,
  path: "/patients",
  component: PatientsPage,
});

const patient = createRoute({
  getParentRoute: () => root,
  path: "/patients/$patientId",
  validateSearch: readPatient,
  component: lazyRouteComponent(() => import("../pages/patient/patient-page.tsx"), "PatientPage"),
});

const sites = createRoute({ getParentRoute: () => root, path: "/sites", component: SitesPage });

const site = createRoute({
  getParentRoute: () => root,
  path: "/sites/$siteId",
  component: lazyRouteComponent(() => import("../pages/site/site-page.tsx"), "SitePage"),
});

const probe = createRoute({
  getParentRoute: () => root,
  path: "/sites/$siteId/probe",
  validateSearch: readProbe,
  component: lazyRouteComponent(() => import("../pages/probe/probe-page.tsx"), "ProbePage"),
});

const codes = createRoute({
  getParentRoute: () => root,
  path: "/codes",
  validateSearch: readCodes,
  component: lazyRouteComponent(() => import("../pages/codes/codes-page.tsx"), "CodesPage"),
});

const whatIf = createRoute({
  getParentRoute: () => root,
  path: "/what-if",
  validateSearch: readWhatIf,
  component: lazyRouteComponent(() => import("../pages/what-if/what-if-page.tsx"), "WhatIfPage"),
});

const deliveries = createRoute({
  getParentRoute: () => root,
  path: "/deliveries",
  validateSearch: readDeliveries,
  component: DeliveriesPage,
});

const configuration = createRoute({
  getParentRoute: () => root,
  path: "/configuration",
  component: lazyRouteComponent(
    () => import("../pages/configuration/configuration-page.tsx"),
    "ConfigurationPage",
  ),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: readSettings,
  component: lazyRouteComponent(
    () => import("../pages/settings/settings-page.tsx"),
    "SettingsPage",
  ),
});

/** Every address of the console. */
export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    signIn,
    messages,
    message,
    patients,
    patient,
    sites,
    site,
    probe,
    codes,
    whatIf,
    deliveries,
    configuration,
    settings,
  ]),
  parseSearch,
  stringifySearch: printSearch,
  defaultPreload: "intent",
  defaultPendingMs: 200,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: Broken,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** What is searched for about a patient; in no address, and gone with the tab. */
    patient?: string | undefined;
  }
}
