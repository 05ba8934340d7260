import { type FetchKeys, isKeySet } from "../oauth/key-sets.ts";

/** Gets the key sets of clients, within a time and up to a size. */
export function fetchKeysWithin(limits: {
  readonly timeoutSeconds: number;
  readonly maxBytes: number;
}): FetchKeys {
  return async (url) => {
    const signal = AbortSignal.timeout(limits.timeoutSeconds * 1000);
    const response = await fetch(url, { signal, headers: { accept: "application/json" } });
    if (!response.ok) throw new Error(`no keys: status ${response.status}`);
    const value: unknown = JSON.parse(await textUpTo(response, limits.maxBytes));
    if (!isKeySet(value)) throw new Error("no set of keys");
    return { keys: value.keys, cacheControl: response.headers.get("cache-control") ?? undefined };
  };
}

async function textUpTo(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  const bytes = (response.body ?? []) as AsyncIterable<Uint8Array>;
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new Error("too much for a set of keys");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
