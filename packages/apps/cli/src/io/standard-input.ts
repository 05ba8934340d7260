import { UsageError } from "../command.ts";
import { readWhole } from "./read-whole.ts";

/**
 * Reads standard input to its end, at most 256 MiB.
 *
 * @throws {UsageError} when there is more; what the signal brings when it is aborted.
 */
export function readStandardInput(signal: AbortSignal): Promise<Uint8Array> {
  const abandon = (): void => {
    process.stdin.destroy(new UsageError("Standard input was not read to its end."));
  };
  signal.addEventListener("abort", abandon, { once: true });
  return readWhole(process.stdin, "Standard input").finally(() =>
    signal.removeEventListener("abort", abandon),
  );
}
