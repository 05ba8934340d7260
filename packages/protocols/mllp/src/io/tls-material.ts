import { X509Certificate } from "node:crypto";
import { type SecureContextOptions, createSecureContext } from "node:tls";
import { useSecret } from "@trestle/base";
import { type SecretReference, type SecretSources, resolveSecret } from "@trestle/config";

/** Where certificates and keys are. */
export interface TlsReferences {
  readonly certificate?: SecretReference | undefined;
  readonly key?: SecretReference | undefined;
  readonly keyPassphrase?: SecretReference | undefined;
  readonly authorities?: SecretReference | undefined;
  readonly minVersion: "TLSv1.2" | "TLSv1.3";
}

/** Paths begin at the working folder, and `env:` at the process's environment. */
export function processSources(): SecretSources {
  return { directory: process.cwd(), environment: process.env };
}

/**
 * Reads what TLS needs and proves that it can be used together.
 *
 * @throws {Error} for what cannot be read, is not PEM, or does not belong together.
 */
export async function readTls(
  references: TlsReferences,
  sources: SecretSources,
): Promise<SecureContextOptions> {
  const read = async (reference: SecretReference | undefined): Promise<string | undefined> =>
    reference === undefined
      ? undefined
      : useSecret(await resolveSecret(reference, { maxBytes: maxPemBytes, ...sources }));
  const { minVersion } = references;
  const options = withoutUndefined({
    cert: await read(references.certificate),
    key: await read(references.key),
    passphrase: await read(references.keyPassphrase),
    ca: await read(references.authorities),
  });
  createSecureContext({ ...options, minVersion });
  return { ...options, minVersion };
}

/** When a certificate ends, in milliseconds since 1970 UTC. */
export function endOf(options: SecureContextOptions): number {
  return Date.parse(new X509Certificate(String(options.cert)).validTo);
}

function withoutUndefined(values: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Room for the authorities of a whole country. */
const maxPemBytes = 4 * 1024 * 1024;
