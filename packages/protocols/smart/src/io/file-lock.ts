import { link, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { newToken } from "@trestle/base";

/**
 * Runs `work` while no other process that locks the same path does. A lock whose process has ended on
 * this machine is taken away; one of another machine stays until its process removes it.
 *
 * @param lock Path of the lock file, in a folder that is there.
 * @returns What `work` gave, or that the lock was not free in time.
 * @throws {Error} of the file system, and what `work` throws.
 */
export async function underLock<T>(
  lock: string,
  timeoutMs: number,
  work: () => Promise<T>,
): Promise<{ readonly isLocked: true; readonly value: T } | { readonly isLocked: false }> {
  const end = performance.now() + timeoutMs;
  while (!(await taken(lock))) {
    if (performance.now() > end) return { isLocked: false };
    await removeIfDead(lock);
    await pause(20);
  }
  try {
    return { isLocked: true, value: await work() };
  } finally {
    await unlink(lock);
  }
}

/** Linked into its place with its content, so that nobody ever reads half a lock. */
async function taken(lock: string): Promise<boolean> {
  const own = `${lock}.${newToken()}`;
  const holder = [hostname(), process.pid, own, await startOf(process.pid)];
  await writeFile(own, JSON.stringify(holder), { mode: 0o600 });
  try {
    await link(own, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await unlink(own);
  }
}

async function removeIfDead(lock: string): Promise<void> {
  const aside = `${lock}.${newToken()}`;
  try {
    const holder = await readFile(lock, "utf8");
    if (!(await isDead(holder))) return;
    await rename(lock, aside);
    // Another process may have been quicker, and hold the lock that was just moved.
    if ((await readFile(aside, "utf8")) !== holder) await link(aside, lock);
    await unlink(aside);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** What is not a lock of this kind counts as held. */
async function isDead(holder: string): Promise<boolean> {
  try {
    const [host, pid, , start] = JSON.parse(holder) as Holder;
    if (host !== hostname()) return false;
    process.kill(pid, 0);
    // A process id comes again: in a container that starts anew it is the same each time.
    return start !== undefined && start !== (await startOf(pid));
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}

/** When a process started, in ticks since the machine did; null where the system does not say so. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name before may hold spaces and brackets. See proc_pid_stat(5), field 22.
    return stat.slice(stat.lastIndexOf(")")).split(" ")[20] ?? null;
  } catch {
    return null;
  }
}

/** Host, process id, what makes a lock unlike others, and when the process started. */
type Holder = readonly [string, number, string, (string | null)?];

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
