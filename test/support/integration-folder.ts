import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A small integration in a folder of its own: one listener, one site, one webhook. */
export interface IntegrationFolder {
  readonly path: string;
  readonly data: string;
  write(file: string, text: string): void;
  remove(): void;
}

/** @param webhook Where results go. @param destination Further lines of the destination's file. */
export function integrationFolder(
  webhook: string,
  destination: readonly string[] = [],
): IntegrationFolder {
  const root = mkdtempSync(join(tmpdir(), "trestle-e2e-"));
  const path = join(root, "integration");
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  };
  const folder: IntegrationFolder = {
    path,
    data: join(root, "data"),
    write,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  write("trestle.yaml", settings);
  write("channels/all-in.yaml", channel);
  write(
    "destinations/app.yaml",
    ["type: webhook", `url: ${webhook}`, ...destination, ""].join("\n"),
  );
  write("sites/harbor/site.yaml", site);
  return folder;
}

const settings = `http:
  port: 0
listeners:
  hospital:
    type: mllp
    port: 0
`;

const channel = `title: Everything
source:
  type: mllp
  listener: hospital
accepts: ["*"]
routes:
  - to: app
`;

const site = `title: Harbor Health
timeZone: America/Chicago
environments:
  nonproduction:
    feeds:
      - listener: hospital
        channels: [all-in]
`;
