import { enableCompileCache } from "node:module";

// A thread does not inherit the compile cache. Without it, it loads a compiler of its own, 25 MB.
enableCompileCache();
await import("./mapping-worker.ts");
