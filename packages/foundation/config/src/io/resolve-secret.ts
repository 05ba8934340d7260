import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { Secret } from "@trestle/base";
import { configErrors } from "../errors.ts";
import type { SecretReference } from "../secret-reference.ts";

/** What a reference is looked up in. */
export interface SecretSources {
  /** Paths that are not absolute begin here. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Fetches a secret by its reference. One line end behind it is not part of it.
 *
 * @throws {TrestleError} `config.secretNotSet`, `config.secretNotReadable`, `config.secretEmpty`,
 * `config.secretTooLarge` (above 64 KiB)
 */
export async function resolveSecret(
  reference: SecretReference,
  { directory, environment }: SecretSources,
): Promise<Secret<string>> {
  const at = reference.indexOf(":");
  const name = reference.slice(at + 1);
  const text =
    reference.slice(0, at) === "env"
      ? fromEnvironment(name, environment)
      : await fromFile(resolve(directory, name), reference);
  const value = text.replace(/\r?\n$/u, "");
  if (value === "") throw configErrors.secretEmpty({ reference });
  return new Secret(value);
}

function fromEnvironment(name: string, environment: SecretSources["environment"]): string {
  const value = environment[name];
  if (value === undefined) throw configErrors.secretNotSet({ variable: name });
  return value;
}

async function fromFile(path: string, reference: string): Promise<string> {
  let size: number;
  let text: string;
  try {
    ({ size } = await stat(path));
    text = size > maxBytes ? "" : await readFile(path, "utf8");
  } catch (error) {
    throw configErrors.secretNotReadable({ reference }, error);
  }
  if (size > maxBytes) throw configErrors.secretTooLarge({ reference, bytes: size });
  return text;
}

/** Certificates with their chain and key fit many times. */
const maxBytes = 64 * 1024;
