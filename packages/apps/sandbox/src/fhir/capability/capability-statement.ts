import type { CapabilityStatement, CapabilityStatementRestResource } from "@trestle/fhir";
import type { SiteSwitches } from "../../site/switches.ts";
import { releaseDate } from "../../site/release.ts";
import { typesOf } from "./releases.ts";
import type { OfferedType } from "./resource-types.ts";
import { searchParameter } from "../search/parameter.ts";
import { searchNotes } from "./search-notes.ts";
import { usCoreProfiles } from "./us-core.ts";

/** Where a site's endpoints are, and who asks. */
export interface CapabilityQuestion {
  readonly switches: Pick<SiteSwitches, "release">;
  /** The FHIR base, such as `http://127.0.0.1:8090/interconnect/api/FHIR/R4`. */
  readonly fhirBase: string;
  readonly authorize: string;
  readonly token: string;
  /** Given where the asking client is enabled for dynamic registration, and only then. */
  readonly register?: string;
  /** Real time of the request, in milliseconds since 1970 UTC. */
  readonly now: number;
}

/**
 * What a site says it can do. It has no id, address, name or publisher, and its date is that of the
 * request.
 */
export function capabilityStatement(question: CapabilityQuestion): CapabilityStatement {
  const { release } = question.switches;
  return {
    resourceType: "CapabilityStatement",
    status: "active",
    experimental: true,
    date: `${new Date(question.now).toISOString().slice(0, 19)}Z`,
    copyright: "Invented by Trestle's sandbox.",
    kind: "instance",
    instantiates: [
      "http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data",
      "http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server|6.1.0",
    ],
    software: { name: "Epic", version: release, releaseDate: releaseDate(release) },
    implementation: { description: "FHIR Sandbox FHIR Server", url: question.fhirBase },
    fhirVersion: "4.0.1",
    format: ["xml", "json"],
    rest: [
      {
        mode: "server",
        security: security(question),
        resource: typesOf(release).map(restResource),
      },
    ],
  };
}

function security({ authorize, token, register }: CapabilityQuestion) {
  const addresses = [
    { valueUri: authorize, url: "authorize" },
    { valueUri: token, url: "token" },
    ...(register === undefined ? [] : [{ valueUri: register, url: "register" }]),
  ];
  return {
    extension: [
      {
        extension: addresses,
        url: "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
      },
    ],
    cors: true,
    service: services.map((code) => ({
      coding: [
        {
          system: "http://terminology.hl7.org/CodeSystem/restful-security-service",
          code,
          display: code,
        },
      ],
      text: code,
    })),
  };
}

function restResource(offered: OfferedType): CapabilityStatementRestResource {
  const { type, interactions } = offered;
  const profiles = usCoreProfiles(type);
  const operation = operations[type];
  const isSearchable = interactions.includes("search-type");
  return {
    type,
    ...(profiles.length === 0 ? {} : { supportedProfile: [...profiles] }),
    interaction: interactions.map((code) => ({ code })),
    readHistory: false,
    updateCreate: false,
    conditionalCreate: false,
    conditionalRead: "not-supported",
    conditionalUpdate: false,
    conditionalDelete: "not-supported",
    ...(isSearchable
      ? {
          searchInclude: ["*"],
          searchRevInclude: ["Provenance:target"],
          searchParam: searchParameters(offered),
        }
      : {}),
    ...(operation === undefined ? {} : { operation: [...operation] }),
  };
}

type SearchParameter = NonNullable<CapabilityStatementRestResource["searchParam"]>[number];

/** Those that find first, then what every type has, then those that only thin out. */
function searchParameters({ type, native, postFiltered }: OfferedType): SearchParameter[] {
  const notes = searchNotes[type] ?? {};
  return [
    ...native.map((name) => ({
      ...parameter(type, name),
      documentation: notes[name] ?? `Searches by ${name}.`,
    })),
    { name: "_count", type: "number", documentation: "Entries of a page, up to 1000." },
    { name: "_id", type: "token", documentation: "Other parameters are ignored beside it." },
    ...postFiltered.map((name) => parameter(type, name)),
  ];
}

/** As the server compares it; what it does not look for in a resource is one of the vendor's own. */
function parameter(type: string, name: string): SearchParameter {
  const byDefault = name === "_lastupdated" ? "date" : "token";
  return { name, type: searchParameter(type, name)?.kind ?? byDefault };
}

const services = ["OAuth", "SMART-on-FHIR", "Basic"] as const;

const operations: Readonly<
  Record<string, readonly { readonly name: string; readonly definition: string }[]>
> = {
  Group: [
    {
      name: "export",
      definition: "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/group-export",
    },
  ],
  Patient: [
    { name: "match", definition: "http://hl7.org/fhir/OperationDefinition/Patient-match" },
    {
      name: "summary",
      definition: "http://hl7.org/fhir/uv/ips/OperationDefinition/summary",
    },
  ],
};
