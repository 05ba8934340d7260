import type { X509Certificate } from "node:crypto";

/** Tells whether a client's certificate is among those that may come in. */
export type ClientNames = (certificate: X509Certificate) => boolean;

/** @param entries `cn:NAME`, `dns:NAME` or `sha256:FINGERPRINT`; none of them means every one. */
export function clientNames(entries: readonly string[]): ClientNames {
  if (entries.length === 0) return () => true;
  return (certificate) => entries.some((entry) => isNamed(certificate, entry));
}

/** Whether an entry names clients. */
export function isClientName(entry: string): boolean {
  const { kind, name } = partsOf(entry);
  if (kind === "sha256") return /^[0-9A-F]{64}$/u.test(fingerprint(name));
  return (kind === "cn" || kind === "dns") && name !== "";
}

function isNamed(certificate: X509Certificate, entry: string): boolean {
  const { kind, name } = partsOf(entry);
  if (kind === "sha256") return fingerprint(certificate.fingerprint256) === fingerprint(name);
  if (kind === "cn") return commonNames(certificate).includes(name);
  // Node's own comparison knows how alternative names are quoted; names of subjects do not count.
  return certificate.checkHost(name, { subject: "never", wildcards: false }) !== undefined;
}

/** A certificate may have several; its printed subject could be made to look like another one. */
function commonNames(certificate: X509Certificate): readonly string[] {
  const names: string | readonly string[] | undefined = certificate.toLegacyObject().subject?.CN;
  if (names === undefined) return [];
  return typeof names === "string" ? [names] : names;
}

function partsOf(entry: string): { kind: string; name: string } {
  const at = entry.indexOf(":");
  return { kind: entry.slice(0, Math.max(at, 0)), name: entry.slice(at + 1) };
}

function fingerprint(text: string): string {
  return text.replaceAll(":", "").toUpperCase();
}
