import { fhirErrors } from "./errors.ts";

/**
 * Cuts a stream into lines, however the network sliced it. Empty lines are left out; the last one
 * needs no end.
 *
 * Memory is bounded by `maxLineBytes` and the size of one slice.
 *
 * @throws {TrestleError} `fhir.answerTooLarge`
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
): AsyncGenerator<string, void> {
  let begun: Uint8Array[] = [];
  let bytes = 0;
  const finish = (piece: Uint8Array): string => {
    const line = begun.length === 0 ? Buffer.from(piece) : Buffer.concat([...begun, piece]);
    begun = [];
    bytes = 0;
    return line.toString("utf8").trim();
  };
  const check = (more: number) => {
    if (bytes + more > maxLineBytes)
      throw fhirErrors.answerTooLarge({ interaction: "export", maxLineBytes });
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
      check(end - from);
      const line = finish(chunk.subarray(from, end));
      from = end + 1;
      if (line !== "") yield line;
    }
    check(chunk.byteLength - from);
    if (from < chunk.byteLength) begun.push(chunk.subarray(from));
    bytes += chunk.byteLength - from;
  }
  const last = finish(new Uint8Array());
  if (last !== "") yield last;
}

const LF = 0x0a;
