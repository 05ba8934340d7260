import { enableCompileCache } from "node:module";

// A thread does not inherit the compile cache.
enableCompileCache();
await import("./what-if-worker.ts");
