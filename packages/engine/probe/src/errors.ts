import { defineErrors } from "@trestle/base";

export const probeErrors = defineErrors("probe", {
  nobody: {
    failure: "permanent",
    hint: "The hub's record knows nobody at this site yet. Name patients in a file (--patients-file), or a Group of the site (--group).",
  },
  groupNotRead: {
    failure: "permanent",
    hint: "The site did not give the Group. Check its id, and that the scopes of integration.yaml have system/Group.rs and system/Patient.rs.",
  },
  nothingNeeded: {
    failure: "permanent",
    hint: "integration.yaml names no scopes, elements or data, so there is nothing to look for. Say there what the application needs.",
  },
  alreadyRunning: {
    failure: "transient",
    hint: "One probe at a time asks a site. Follow the one that runs, or stop it.",
  },
  noSite: {
    failure: "permanent",
    hint: "The configuration in force has no such site.",
  },
  otherEnvironment: {
    failure: "permanent",
    hint: "This hub speaks with another environment of the site. Ask the hub that serves this one.",
  },
  tooManyPatients: {
    failure: "permanent",
    hint: "The list names more patients than a probe asks about. Send fewer.",
  },
});
