import { fileKeyStore } from "../../src/index.ts";
import { generateKey } from "../../src/keys/generate-key.ts";

// Adds a key to the file again and again, and says so by one byte each time, until it is killed.
const store = fileKeyStore(process.argv[2] ?? "");
const key = await generateKey("ES384", { createdAtMs: 0, signsFromMs: 0 });
for (;;) {
  await store.change((keys) => [...keys.slice(-200), key]);
  process.stdout.write(".");
}
