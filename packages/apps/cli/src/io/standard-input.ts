import { UsageError } from "../command.ts";

const maxBytes = 256 * 1024 * 1024;

/**
 * Reads standard input to its end, at most 256 MB.
 *
 * @throws {UsageError} when there is more.
 */
export async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new UsageError("Standard input is larger than 256 MB.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
