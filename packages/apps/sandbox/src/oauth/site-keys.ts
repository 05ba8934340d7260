import { createHash } from "node:crypto";
import { type CryptoKey, type JWK, exportJWK, exportSPKI, generateKeyPair } from "jose";

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly published: JWK;
}

/** The keys that a site signs with. The one before stays published, for what it signed still counts. */
export class SiteKeys {
  #current: SigningKey;
  #before: SigningKey | undefined;

  private constructor(first: SigningKey) {
    this.#current = first;
  }

  static async create(): Promise<SiteKeys> {
    return new SiteKeys(await generate());
  }

  get current(): Pick<SigningKey, "kid" | "privateKey"> {
    return this.#current;
  }

  /** What the keys endpoint tells. */
  get published(): { readonly keys: readonly JWK[] } {
    const before = this.#before === undefined ? [] : [this.#before.published];
    return { keys: [this.#current.published, ...before] };
  }

  /** Signs with a new key from now on. */
  async rotate(): Promise<void> {
    const next = await generate();
    this.#before = this.#current;
    this.#current = next;
  }
}

async function generate(): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { modulusLength: 2048 });
  const pem = await exportSPKI(publicKey);
  const der = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/gu, ""), "base64");
  const kid = createHash("sha256").update(der).digest("base64");
  const { kty, n, e } = await exportJWK(publicKey);
  return { kid, privateKey, published: { kty, n, e, kid, use: "sig", alg: "RS256" } as JWK };
}
