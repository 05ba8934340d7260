import { afterEach, describe, expect, test } from "vitest";
import { printProblems } from "@trestle/config";
import { loadIntegration } from "../src/index.ts";
import { type Files, type Folder, smallFolder } from "./folder.ts";

let folder: Folder | undefined;
afterEach(() => folder?.remove());

const file = "sites/harbor/site.yaml";

/** A whole site with FHIR in production; each part may be replaced. */
function site(changes: {
  readonly site?: string;
  readonly production?: string;
  readonly fhir?: string;
}): string {
  const { fhir = "baseUrl: https://fhir.harbor.example/R4\n      clientId: prd", production = "" } =
    changes;
  return `title: Harbor Health
timeZone: America/Chicago
environments:
  nonproduction:
    feeds: [{ listener: west, channels: [rest-in], sendingFacilities: [HT] }]
  production:
    feeds: [{ listener: east, channels: [adt-in, rest-in] }]
    fhir:
      ${fhir}
${production}${changes.site ?? ""}`;
}

const west =
  'title: The rest\nsource: { type: mllp, listener: east }\naccepts: ["*"]\nroutes: []\n';

const others: Files = {
  "channels/rest-in.yaml": west,
  "integration.yaml": "title: App\nscopes: [system/Patient.rs]\n",
  "sites/harbor/tables/identifiers.csv": `local,display,system,code,status,note
MR,Record number,urn:oid:1.2.3.4,MR,mapped,
VN,Visit,https://harbor.example/csn,VN,mapped,
`,
};

const quirks = new Map([["totals-of-the-page", { what: "Totals.", effect: "Read on." }]]);

async function load(files: Files) {
  folder?.remove();
  folder = smallFolder({ ...others, ...files });
  return loadIntegration(folder.path, { quirks });
}

/** The one site on one listener, so that no rule about feeds says anything. */
function yaml(changes: Parameters<typeof site>[0]): string {
  return site(changes).replace("listener: west", "listener: east");
}

async function problems(changes: Parameters<typeof site>[0], files: Files = {}) {
  const loaded = await load({ [file]: yaml(changes), ...files });
  return loaded.ok ? "" : printProblems(loaded.problems);
}

const whole = `release:
  version: May 2026
  cadence: quarterly
  upgrades: { 2026-08-10: August 2026 }
identifiers: { medicalRecordNumber: "urn:oid:1.2.3.4", visitNumber: "https://harbor.example/csn" }
holidays: { 2026-12-25: Christmas }
pathways: { Observation: { method: hl7v2, channel: rest-in }, Goal: { method: none } }
quirks:
  totals-of-the-page: { seen: 2026-03-02, evidence: A search of 1200 observations }
  faxes-first: { seen: 2026-03-02, evidence: Ticket 7, effect: Results come late. }
`;

test("a site may say what it runs, what is which, when it rests and how it differs", async () => {
  expect(await problems({ site: whole })).toBe("");
});

describe("what a site says is a problem at its place where", () => {
  test.each([
    {
      what: "a holiday does not exist",
      site: "holidays: { 2026-02-29: None }\n",
      says: `${file}:11:13  “2026-02-29” cannot be a name here.`,
    },
    {
      what: "an upgrade has no day",
      site: "release: { upgrades: { soon: August 2026 } }\n",
      says: `${file}:11:24  “soon” cannot be a name here.`,
    },
    {
      what: "the cadence is none",
      site: "release: { cadence: quartely }\n",
      says: `${file}:11:21  “release.cadence” is none of the possible values.\n  Did you mean “quarterly”?`,
    },
    {
      what: "an OID cannot be one",
      site: 'identifiers: { medicalRecordNumber: "urn:oid:1.02.3" }\n',
      says: `${file}:11:37  “identifiers.medicalRecordNumber” `,
    },
    {
      what: "no row gives an identifier system",
      site: 'identifiers: { medicalRecordNumber: "urn:oid:1.2.3.5" }\n',
      says: `${file}:11:37  No row of the site's identifiers gives this system, so no patient or visit would have it.\n  Did you mean “urn:oid:1.2.3.4”?`,
    },
    {
      what: "a quirk is misspelt",
      site: "quirks: { total-of-the-page: { seen: 2026-03-02, evidence: x } }\n",
      says: `${file}:11:11  The catalogue has no quirk “total-of-the-page”.\n  Did you mean “totals-of-the-page”?`,
    },
    {
      what: "a quirk has no evidence",
      site: "quirks: { totals-of-the-page: { seen: 2026-03-02 } }\n",
      says: `${file}:11:11  “quirks.totals-of-the-page.evidence” is missing.`,
    },
    {
      what: "a pathway is for no type",
      site: "pathways: { Observatoin: { method: none } }\n",
      says: `${file}:11:13  FHIR R4 has no resource type “Observatoin”.`,
    },
    {
      what: "a pathway over HL7 names no channel",
      site: "pathways: { Observation: { method: hl7v2 } }\n",
      says: `${file}:11:13  “pathways.Observation.channel” needs the channel that brings it`,
    },
    {
      what: "a pathway names a channel that no feed has",
      site: "pathways: { Observation: { method: hl7v2, channel: rest-inn } }\n",
      says: `${file}:11:52  No feed of nonproduction has a channel “rest-inn”.\n  Did you mean “rest-in”?`,
    },
    {
      what: "a pathway over FHIR has no scope",
      production: "    pathways: { Observation: { method: fhir } }\n",
      says: `${file}:11:40  Observation is to come over FHIR, and no scope reads it.`,
    },
    {
      what: "a pathway over FHIR leads to an environment without it",
      site: "pathways: { Patient: { method: fhir } }\n",
      says: `${file}:11:32  This is to come over FHIR, and nonproduction does not answer over it.`,
    },
    {
      what: "a key is misspelt",
      site: "holliday: {}\n",
      says: `${file}:11:1  There is no key “holliday” here.\n  Did you mean “holidays”?`,
    },
    {
      what: "no layer says where FHIR is",
      fhir: "clientId: prd",
      says: `${file}:8:5  “fhir.baseUrl” is missing.`,
    },
    {
      what: "an address holds a password",
      fhir: "baseUrl: https://ada:sesame@fhir.harbor.example/R4\n      clientId: prd",
      says: `${file}:9:16  “environments.production.fhir.baseUrl” must name no user and no password`,
    },
    {
      what: "a budget is not whole",
      site: "fhir: { budget: { peakRequestsPerHour: 100 } }\n",
      says: `${file}:11:9  “fhir.budget.timeZone” is missing.`,
    },
  ])("$what", async ({ says, ...changes }) => {
    expect(await problems(changes)).toContain(says);
  });

  test("what its environments have in common over FHIR is used by none", async () => {
    const text = yaml({ site: "fhir: { dialect: standard }\n" }).replace(
      / {4}fhir:\n.*\n.*\n/u,
      "",
    );
    const loaded = await load({ [file]: text });
    expect(loaded.ok ? "" : printProblems(loaded.problems)).toContain(
      `${file}:8:1  No environment of this site answers over FHIR`,
    );
  });
});
