/** Cuts bytes into pieces of the given sizes, as a network might; sizes below 1 count as 1. */
export function sliced(bytes: Uint8Array, sizes: Iterable<number>): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const size of sizes) {
    if (from >= bytes.byteLength) break;
    const end = from + Math.max(1, size);
    pieces.push(bytes.subarray(from, end));
    from = end;
  }
  if (from < bytes.byteLength) pieces.push(bytes.subarray(from));
  return pieces;
}
