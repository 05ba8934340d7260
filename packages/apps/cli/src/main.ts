import { runCommand } from "./run-command.ts";

const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.once(name, () => {
    stop.abort();
    // A second signal ends at once what does not end by itself.
    process.once(name, () => process.exit(130));
  });
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // The reader of a pipe has seen enough, as `head` has.
    if (error.code === "EPIPE") process.exit(0);
    // The terminal was closed. Nobody reads any more, and what runs still ends in order.
    if (error.code === "EIO") return;
    throw error;
  });
}

process.exitCode = await runCommand(process.argv.slice(2), {
  standardInput: process.stdin,
  standardOutput: (text) => process.stdout.write(text),
  standardError: (text) => process.stderr.write(text),
  environment: process.env,
  signal: stop.signal,
  width: process.stdout.isTTY ? process.stdout.columns : undefined,
});
