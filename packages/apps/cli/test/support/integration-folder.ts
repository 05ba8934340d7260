import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A small integration in a folder of its own, which nobody else's hub knows. */
export interface IntegrationFolder {
  readonly path: string;
  readonly data: string;
  write(file: string, text: string): void;
  remove(): void;
}

/** One listener, one site, one webhook at which nobody listens. */
export function integrationFolder(): IntegrationFolder {
  const root = mkdtempSync(join(tmpdir(), "trestle-cli-"));
  const path = join(root, "integration");
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  return {
    path,
    data: join(root, "data"),
    write,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

const files: Readonly<Record<string, string>> = {
  "trestle.yaml": `http:
  port: 0
listeners:
  hospital:
    type: mllp
    port: 0
`,
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
