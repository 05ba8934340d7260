import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, type Page, chromium } from "playwright-core";

/** Where Debian puts Chromium. */
const chromiumPath = "/usr/bin/chromium";

/** False where there is no browser; says so once, since a test that did not run proves nothing. */
export function hasBrowser(): boolean {
  if (existsSync(chromiumPath)) return true;
  process.stdout.write(`skipped: no ${chromiumPath} here, so the console is not tested\n`);
  return false;
}

/** A browser with a profile of its own, signed in by a link that works once. */
export interface ConsoleBrowser {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the pages complained of: errors of scripts, refusals by the page's own policy. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export async function openBrowser(): Promise<ConsoleBrowser> {
  const profile = mkdtempSync(join(tmpdir(), "trestle-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    args: flags,
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(8000);
  const complaints: string[] = [];
  context.on("weberror", (error) => complaints.push(String(error.error())));
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    context,
    page,
    complaints,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
