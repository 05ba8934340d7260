import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import { type Plugin, defineConfig } from "vite";

export default defineConfig({
  plugins: [react(), compressed()],
  // Two copies of these in one page would not know of each other, however npm lays them out.
  resolve: { dedupe: ["@mantine/core", "@mantine/hooks", "react", "react-dom"] },
  build: { target: "es2023", outDir: "dist", sourcemap: false, chunkSizeWarningLimit: 900 },
});

/** Lays `.br` and `.gz` beside each file, so that the hub never compresses the same file twice. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    async closeBundle() {
      const folder = join(import.meta.dirname, "dist");
      const names = await readdir(folder, { recursive: true });
      const texts = names.filter((name) => /\.(?:js|css|html|svg)$/u.test(name));
      await Promise.all(texts.map((name) => compressFile(join(folder, name))));
    },
  };
}

async function compressFile(path: string): Promise<void> {
  const bytes = await readFile(path);
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes));
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
