import { execFileSync } from "node:child_process";
import { type IntegrationFolder, integrationFolder } from "./integration-folder.ts";

/** An integration in a git repository: harbor lacks codes that summit has rows for. */
export function codesFolder(webhook: string, { commitToGit }: { commitToGit: boolean }) {
  const folder = integrationFolder(webhook);
  folder.write("trestle.yaml", `${settings}changes:\n  commitToGit: ${commitToGit}\n`);
  folder.write("sites/harbor/site.yaml", site("Harbor Health", "HH"));
  folder.write("sites/harbor/tables/observation-code.csv", harborTable);
  folder.write("sites/harbor/tables/identifiers.csv", identifiers);
  folder.write("sites/summit/site.yaml", site("Summit Clinic", "SU"));
  folder.write("sites/summit/tables/observation-code.csv", summitTable);
  git(folder, "init", "-q");
  git(folder, "add", ".");
  git(folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "Begin");
  return folder;
}

export function git(folder: Pick<IntegrationFolder, "path">, ...words: readonly string[]): string {
  return execFileSync("git", words, { cwd: folder.path, encoding: "utf8", stdio: "pipe" }).trim();
}

/** A report with these observations, of an invented patient. */
export function observationsOf(controlId: string, locals: readonly string[]): string {
  return [
    `MSH|^~\\&|LAB|HH|TRESTLE|TRESTLE|20260112081500||ORU^R01|${controlId}|T|2.5.1`,
    "PID|1||E990055^^^EPI^EPI||FERN^OLA^TEST||19800115|F",
    `OBR|1|${controlId}|F${controlId}|PANEL^PANEL|||20260112081500|||||||||||||||20260112081500||Lab|F`,
    ...locals.map((local, index) => {
      return `OBX|${index + 1}|NM|${local}^${local} NAME||140|flurbs|135-145||||F|||20260112081500`;
    }),
    "",
  ].join("\r");
}

const settings = `http:
  port: 0
listeners:
  hospital:
    type: mllp
    port: 0
`;

function site(title: string, facility: string): string {
  return `title: ${title}
timeZone: America/Chicago
environments:
  nonproduction:
    feeds:
      - listener: hospital
        sendingFacilities: [${facility}]
        channels: [all-in]
`;
}

export const harborTable =
  "local,system,code,display,note\r\nGLUC,http://loinc.org,2345-7,Glucose,\r\n";
const identifiers = "local,system,code\nEPI,https://harbor.example/epi,PI\n";
const summitTable = `local,display,system,code,status,note
NAX,Sodium,http://loinc.org,2951-2,mapped,
KAX,Potassium,http://loinc.org,2823-3,proposed,
`;
