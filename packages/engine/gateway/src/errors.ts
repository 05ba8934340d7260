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
  otherPathway: {
    failure: "permanent",
    hint: "At this site this type comes otherwise than over FHIR, as site.yaml says under `pathways`. Take it from the record, or say `alsoOverFhir: true` there.",
  },
  parameterNotNeeded: {
    failure: "permanent",
    hint: "A parameter looks into elements that integration.yaml does not name for this type, or into other types, or nobody knows where it looks. Name the elements, or search without it.",
  },
  parameterNotServed: {
    failure: "permanent",
    hint: "The hub gives JSON, and no summaries or totals. Leave out _format and _summary; _elements says which elements are wanted.",
  },
  unknownType: {
    failure: "permanent",
    hint: "FHIR R4 has no resource type of this name. Write it as the standard does, such as Patient.",
  },
  noId: {
    failure: "permanent",
    hint: "A read names one resource: letters, digits, - and . of an id, no operation and no history.",
  },
  otherType: {
    failure: "permanent",
    hint: "The site gave something else than the type that was asked for, so nothing of it is shown. Tell the site.",
  },
  cursorUnknown: {
    failure: "permanent",
    hint: "Cursors end when the hub restarts. Begin the search again.",
  },
});
