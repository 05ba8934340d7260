import type { Readable } from "node:stream";
import { UsageError } from "../command.ts";
import { readWhole } from "./read-whole.ts";

/**
 * Reads standard input to its end, at most 256 MiB.
 *
 * @throws {UsageError} when there is more; what the signal brings when it is aborted.
 */
export function readStandardInput(input: Readable, signal: AbortSignal): Promise<Uint8Array> {
  const abandon = (): void => {
    input.destroy(new UsageError("Standard input was not read to its end."));
  };
  signal.addEventListener("abort", abandon, { once: true });
  return readWhole(input, "Standard input").finally(() =>
    signal.removeEventListener("abort", abandon),
  );
}
