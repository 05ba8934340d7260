import { schemaFiles, withSchemaLine } from "../schema-files.ts";
import type { Answers } from "./answers.ts";
import { peopleFile } from "./people-file.ts";
import { readmeOf } from "./readme.ts";
import { siteFile } from "./site-file.ts";
import { yamlText } from "./yaml-text.ts";

/**
 * The files of a new integration folder, contents by path: one listener, three channels, one
 * webhook, one site, and comments that explain them. Such a folder loads without problems.
 */
export function newFolder(answers: Answers): ReadonlyMap<string, string> {
  const files: readonly (readonly [string, string])[] = [
    ["trestle.yaml", settingsFile(answers)],
    ["integration.yaml", needsFile(answers)],
    ...channels.map((channel) => [`channels/${channel.name}.yaml`, channelFile(channel)] as const),
    ["destinations/application.yaml", destinationFile(answers)],
    [`sites/${answers.site}/site.yaml`, siteFile(answers, names)],
    [`sites/${answers.site}/people.yaml`, peopleFile],
    [`sites/${answers.site}/overlay.yaml`, overlayFile],
    ["README.md", readmeOf(answers)],
    [".gitignore", ignored],
  ];
  const named = files.map(([path, text]) => [path, withSchemaLine(text, path) ?? text] as const);
  return new Map([...named, ...schemaFiles()]);
}

function settingsFile({ httpPort, listenerPort }: Answers): string {
  return `# The hub itself. What is not written here has a default.

# Console and API, for this machine alone. Other machines need tls, or a proxy that speaks HTTPS.
http:
  port: ${httpPort}

# Where hospitals connect over MLLP. Channels and sites refer to a listener by its name.
listeners:
  hospital:
    type: mllp
    # This machine alone. To let a hospital in, bind 0.0.0.0 and say under allow who may connect.
    host: 127.0.0.1
    port: ${listenerPort}
`;
}

function needsFile({ title, fhirBase }: Answers): string {
  const mark = fhirBase === undefined ? "# " : "";
  return `# What the application needs of every site. It gets no more than is written here.
title: ${yamlText(title)}

# What it may read over FHIR, as SMART scopes. Add what it needs, and ask each hospital for it.
${mark}scopes:
${mark}  - system/Patient.rs

# By resource type the elements that reach it; of a type that is left out all.
# elements:
#   Patient: [identifier, name, gender, birthDate]

# Where the token is by which the application asks the hub; never the token itself.
# token: env:APPLICATION_TOKEN
`;
}

function channelFile({ title, accepts, note }: Channel): string {
  return `# ${note}
title: ${title}
source:
  type: mllp
  listener: hospital
accepts: ${accepts}
# Who gets the results: files under destinations/, by name.
routes:
  - to: application
`;
}

function destinationFile({ webhook }: Answers): string {
  return `# Results are sent here by POST, each a FHIR R4 Bundle. Any 2xx says that it is stored.
type: webhook
url: ${yamlText(webhook)}
# True where the application drops repeats by the Idempotency-Key header. If it does not, say false:
# a try whose end nobody knows is then held for a person.
isIdempotent: true
`;
}

interface Channel {
  readonly name: string;
  readonly title: string;
  readonly accepts: string;
  readonly note: string;
}

const channels: readonly Channel[] = [
  {
    name: "adt-in",
    title: "Registrations, admissions, transfers, discharges and merges",
    accepts: "[ADT]",
    note: "A channel takes families of messages (ADT) or single types (ADT^A08).",
  },
  {
    name: "results-in",
    title: "Results",
    accepts: "[ORU]",
    note: "Laboratory, imaging, charting.",
  },
  {
    name: "other-in",
    title: "Whatever else the hospital sends",
    accepts: '["*"]',
    note: "The star takes what no other channel does, so that nothing is refused for its type.",
  },
];

const names = channels.map(({ name }) => name);

const overlayFile = `# This site's changes to the maps that all sites share. Without any, as here, it is like the others.

# A segment of its own, and where its fields go:
# segments:
#   ZPD: patient
# maps:
#   patient:
#     - change: add
#       row: portal
#       extension: https://hospital.example/fhir/portal-status
#       value: valueString
#       from: ZPD-4

# What it sends and nobody needs, so that \`trestle hl7 to-fhir --unmapped\` names only the rest:
# notMapped:
#   - field: ZPD-2
#     reason: The hospital has one portal.
`;

const ignored = `# What the hub keeps, patient data among it, and its keys.
/data/
`;
