import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Loaded, loadIntegration } from "@trestle/integration";

/** A small integration in a folder of its own, and a place for its data. */
export interface SmallIntegration {
  /** A folder for this test alone. */
  readonly path: string;
  readonly data: string;
  /** Reads the folder, with this as trestle.yaml. */
  load(settings: string): Promise<Loaded>;
  remove(): void;
}

/** @param more Files beside those that every test needs, by their names. */
export function smallIntegration(more: Readonly<Record<string, string>> = {}): SmallIntegration {
  const root = mkdtempSync(join(tmpdir(), "trestle-hub-"));
  const path = join(root, "integration");
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  };
  for (const [file, text] of Object.entries({ ...files, ...more })) write(file, text);
  return {
    path: root,
    data: join(root, "data"),
    load: (settings) => {
      write("trestle.yaml", settings);
      return loadIntegration(path);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** trestle.yaml; 0 picks free ports. */
export function settingsWith({
  http = 0,
  mllp = 0,
}: { http?: number; mllp?: number } = {}): string {
  return `http:
  port: ${http}
listeners:
  hospital:
    type: mllp
    port: ${mllp}
`;
}

const files: Readonly<Record<string, string>> = {
  "channels/all-in.yaml": `title: Everything
source:
  type: mllp
  listener: hospital
accepts: ["*"]
routes:
  - to: app
`,
  "destinations/app.yaml": `type: webhook
url: http://127.0.0.1:9/results
`,
  "sites/harbor/site.yaml": `title: Harbor Health
timeZone: America/Chicago
environments:
  nonproduction:
    feeds:
      - listener: hospital
        channels: [all-in]
`,
};
