import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Result, phi } from "@trestle/base";
import {
  type Found,
  type Integration,
  addressOf,
  feedFinder,
  loadIntegration,
} from "@trestle/integration";
import { type NewEntry, openSqliteJournal } from "@trestle/journal";
import { parseMessage } from "@trestle/hl7v2";
import { loadPathways, pathwayFolder, traffic } from "@trestle/sandbox";
import { journalIn } from "@trestle/what-if";

/** The sample integration in a repository of its own, and a journal of what a sandbox sent it. */
export interface Base {
  readonly directory: string;
  /** A data folder as a hub has it. */
  readonly data: string;
  readonly journalFile: string;
  /** As they were sent, in the order of the journal. */
  readonly messages: readonly string[];
  read(path: string): string;
  write(path: string, text: string): void;
  /** Commits all files on a branch of this name, and goes back to how they were. */
  branch(name: string): void;
  /** Puts every file back as it was committed. */
  restore(): void;
  remove(): void;
}

/** What a file of the sample is before anything is changed, so that a change has something to do. */
type Adapted = Readonly<Record<string, (text: string) => string>>;

/** Makes the folder, commits it, and lets the hospital's traffic arrive as a hub would store it. */
export async function openBase(options: {
  readonly seed: number;
  readonly count: number;
  readonly adapted: Adapted;
}): Promise<Base> {
  const root = mkdtempSync(join(tmpdir(), "trestle-what-if-"));
  const directory = join(root, "integration");
  cpSync(sample, directory, { recursive: true });
  const read = (path: string) => readFileSync(join(directory, path), "utf8");
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  };
  for (const [path, adapt] of Object.entries(options.adapted)) write(path, adapt(read(path)));
  const git = (...words: string[]) => execFileSync("git", ["-C", directory, ...author, ...words]);
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "As it is");
  const data = join(root, "data");
  mkdirSync(data);
  const journalFile = journalIn(data);
  const messages = await firstMessages(options);
  await store(messages, { directory, journalFile });
  return {
    directory,
    data,
    journalFile,
    messages,
    read,
    write,
    branch: (name) => {
      git("checkout", "--quiet", "-b", name);
      git("add", "--all");
      git("commit", "--quiet", "--message", name);
      git("checkout", "--quiet", "-");
    },
    restore: () => {
      git("checkout", "--quiet", "--", ".");
      git("clean", "--quiet", "-d", "--force");
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

async function firstMessages({ seed, count }: { seed: number; count: number }): Promise<string[]> {
  const sent = traffic({
    seed,
    patients: 200,
    start: "2026-01-15T12:00:00Z",
    facility: "TH",
    timeZone: "America/Chicago",
    pathways: await loadPathways(pathwayFolder),
  });
  return sent
    .take(count)
    .map(({ text }) => text)
    .toArray();
}

async function store(
  messages: readonly string[],
  { directory, journalFile }: { directory: string; journalFile: string },
): Promise<void> {
  const integration = await integrationIn(directory);
  const find = feedFinder(integration);
  const journal = openSqliteJournal(journalFile);
  const now = Date.now();
  const entryOf = (text: string): NewEntry => {
    const message = parseMessage(text);
    if (!message.ok) throw new Error(message.problem.text);
    const found = find({ listener: "hospital", ...addressOf(message.value) });
    const raw = new Uint8Array(Buffer.from(text));
    return {
      ...doorOf(found),
      revision: integration.revision,
      receivedAt: now,
      remote: "127.0.0.1:50000",
      controlId: message.value.controlId,
      type: message.value.type,
      raw: phi(raw),
      receivedBytes: raw.byteLength,
    };
  };
  for (let at = 0; at < messages.length; at += 1000) {
    const page = messages.slice(at, at + 1000);
    await Promise.all(page.map((text) => journal.append(entryOf(text))));
  }
  await journal.close();
}

/** What a hub's door says of a message: one that nobody takes belongs to the first channel. */
function doorOf(found: Result<Found>) {
  if (found.ok) return { ...found.value, disposition: "accepted", answer: "AA" } as const;
  const to = { site: "lakeshore", channel: "adt-in" };
  return { ...to, disposition: "refused", answer: "AR", reason: found.problem } as const;
}

/** @throws {Error} with the problems of the folder, where it has some. */
export async function integrationIn(directory: string): Promise<Integration> {
  const loaded = await loadIntegration(directory);
  if (loaded.ok) return loaded.integration;
  const told = loaded.problems.map(({ file, line, text }) => `${file}:${line} ${text}`);
  throw new Error(told.join("\n"));
}

const sample = fileURLToPath(new URL("../../integrations/sample", import.meta.url));
const author = ["-c", "user.name=Prover", "-c", "user.email=prover@example.org"];
