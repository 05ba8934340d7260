import { UsageError } from "../command.ts";

/**
 * Reads a stream to its end, at most 256 MiB.
 *
 * @throws {UsageError} when there is more.
 */
export async function readWhole(stream: NodeJS.ReadableStream, name: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new UsageError(`${name} is larger than 256 MiB. Cut it into parts.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const maxBytes = 256 * 1024 * 1024;
