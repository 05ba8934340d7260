import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { Secret } from "@trestle/base";
import { configErrors } from "../errors.ts";
import type { SecretReference } from "../secret-reference.ts";

/** What a reference is looked up in. */
export interface SecretSources {
  /** Paths that are not absolute begin here. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The largest file that is taken for a secret; 64 KiB where left out. */
  readonly maxBytes?: number;
}

/**
 * Fetches a secret by its reference. One line end behind it is not part of it.
 *
 * @throws {TrestleError} `config.secretNotSet`, `config.secretNotReadable`, `config.secretEmpty`,
 * `config.secretTooLarge`
 */
export async function resolveSecret(
  reference: SecretReference,
  { directory, environment, maxBytes = 64 * 1024 }: SecretSources,
): Promise<Secret<string>> {
  const at = reference.indexOf(":");
  const name = reference.slice(at + 1);
  const text =
    reference.slice(0, at) === "env"
      ? fromEnvironment(name, environment)
      : await fromFile(resolve(directory, name), { reference, maxBytes });
  const value = text.replace(/\r?\n$/u, "");
  if (value === "") throw configErrors.secretEmpty({ reference });
  return new Secret(value);
}

function fromEnvironment(name: string, environment: SecretSources["environment"]): string {
  const value = environment[name];
  if (value === undefined) throw configErrors.secretNotSet({ variable: name });
  return value;
}

/** Reads no more than the limit and a byte: pipes and devices have no size to ask for. */
async function fromFile(
  path: string,
  { reference, maxBytes }: { reference: string; maxBytes: number },
): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(path, { end: maxBytes })) {
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw configErrors.secretNotReadable({ reference }, error);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.byteLength > maxBytes) throw configErrors.secretTooLarge({ reference, maxBytes });
  return bytes.toString("utf8");
}
