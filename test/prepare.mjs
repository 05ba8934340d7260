import { existsSync } from "node:fs";

// npm runs this after an install. Plain JavaScript, because an install without development
// dependencies brings neither the Node that reads TypeScript nor anything to build with. Such an
// install must not fail: the hub then says that its console is not built.
if (existsSync(new URL("../node_modules/vite", import.meta.url))) {
  const { buildConsole } = await import("./house/build-console.ts");
  process.exitCode = buildConsole() ? 0 : 1;
} else {
  process.stderr.write("Vite is not installed, so the web console is not built.\n");
}
