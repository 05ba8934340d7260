import { type KeyObject, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A certificate and its key as PEM, and what signs further ones. */
export interface TestCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly name: string;
  readonly privateKey: KeyObject;
}

export interface CertificateWishes {
  /** The subject's common name; where it is not that of an authority, a DNS name too. */
  readonly name: string;
  /** Who signs it; it is an authority and signs itself where left out. */
  readonly authority?: TestCertificate;
  /** Days from now until it ends; less than nothing for one that has ended. 30 where left out. */
  readonly days?: number;
}

/**
 * Makes a certificate that lasts as long as a test needs it, without any other program. It also holds
 * the address 127.0.0.1.
 *
 * @see RFC 5280, section 4.1; ECDSA with SHA-256 over P-256
 */
export function testCertificate({
  name,
  authority,
  days = 30,
}: CertificateWishes): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const signer = authority ?? { name, privateKey };
  const body = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    commonName(signer.name),
    sequence(time(-60 + Math.min(days, 0)), time(days)),
    commonName(name),
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(authority === undefined ? isAuthority : names(name))),
  );
  const signature = sign("sha256", body, signer.privateKey);
  const whole = sequence(body, algorithm, tagged(0x03, Buffer.concat([Buffer.of(0), signature])));
  return {
    certificate: pem(whole),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    name,
    privateKey,
  };
}

function commonName(name: string): Buffer {
  const text = tagged(0x0c, Buffer.from(name));
  return sequence(tagged(0x31, sequence(oid(0x55, 0x04, 0x03), text)));
}

function names(name: string): Buffer {
  const list = sequence(tagged(0x82, Buffer.from(name)), tagged(0x87, Buffer.of(127, 0, 0, 1)));
  return sequence(oid(0x55, 0x1d, 0x11), tagged(0x04, list));
}

function time(daysFromNow: number): Buffer {
  const text = new Date(Date.now() + daysFromNow * 86_400_000).toISOString();
  return tagged(0x18, Buffer.from(`${text.slice(0, 19).replaceAll(/[-:T]/gu, "")}Z`));
}

function pem(der: Buffer): string {
  const lines = der.toString("base64").replaceAll(/.{64}/gu, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function oid(...bytes: readonly number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes));
}

function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...sizeOf(content.length)]), content]);
}

function sizeOf(length: number): readonly number[] {
  if (length < 128) return [length];
  return length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

/** Basic constraints: critical, and an authority. */
const isAuthority = sequence(
  oid(0x55, 0x1d, 0x13),
  tagged(0x01, Buffer.of(0xff)),
  tagged(0x04, sequence(tagged(0x01, Buffer.of(0xff)))),
);
