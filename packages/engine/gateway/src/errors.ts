import { defineErrors } from "@trestle/base";

export const gatewayErrors = defineErrors("gateway", {
  unknownSite: {
    failure: "permanent",
    hint: "No site of this name answers over FHIR. Its site.yaml says under `fhir` where it does.",
  },
  notNeeded: {
    failure: "permanent",
    hint: "The scopes of integration.yaml do not cover this. Add what the application needs, and have the site grant it.",
  },
  cursorUnknown: {
    failure: "permanent",
    hint: "Cursors end when the hub restarts. Begin the search again.",
  },
});
