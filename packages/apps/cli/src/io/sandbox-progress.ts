import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "@trestle/sandbox";
import { z } from "zod";

/** Which lives the simulated hospital lives; others begin anew. */
interface Lives {
  readonly seed: number;
  readonly patients: number;
}

/** A simulated hospital that lives on. */
type Followed = Pick<Sandbox, "sent" | "stop">;

/**
 * Remembers beside the hub's data how far the simulated hospital came, so that it goes on there at
 * the next start. Sending all from the beginning would only repeat what the hub has already.
 */
export function rememberProgress(
  folder: string,
  lives: Lives,
): { readonly sent: number; follow(sandbox: Followed): { stop(): Promise<void> } } {
  const file = join(folder, "sandbox.json");
  const { seed, patients } = lives;
  const before = read(file, lives);
  return {
    sent: before,
    follow(sandbox) {
      const write = () => save(file, { seed, patients, sent: before + sandbox.sent });
      const timer = setInterval(write, 1000);
      return {
        async stop() {
          clearInterval(timer);
          await sandbox.stop();
          write();
        },
      };
    },
  };
}

function read(file: string, lives: Lives): number {
  try {
    const { seed, patients, sent } = progress.parse(JSON.parse(readFileSync(file, "utf8")));
    return seed === lives.seed && patients === lives.patients ? sent : 0;
  } catch {
    return 0;
  }
}

function save(file: string, reached: z.infer<typeof progress>): void {
  try {
    writeFileSync(file, JSON.stringify(reached));
  } catch {
    // A full disk must not end the demo: without the file, messages are only sent once more.
  }
}

const progress = z.object({ seed: z.number(), patients: z.number(), sent: z.int().min(0) });
