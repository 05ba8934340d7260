import { Secret } from "@trestle/base";
import { type JWK, calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import type { SigningAlgorithm, StoredKey } from "./stored-key.ts";

/** Makes a key pair: RSA of 3072 bits for RS384, P-384 for ES384. */
export async function generateKey(
  algorithm: SigningAlgorithm,
  times: { readonly createdAtMs: number; readonly signsFromMs: number },
): Promise<StoredKey> {
  const pair = await generateKeyPair(algorithm, { extractable: true, modulusLength: 3072 });
  const publicPart = await exportJWK(pair.publicKey);
  const keyId = await calculateJwkThumbprint(publicPart);
  const facts: JWK = { kid: keyId, alg: algorithm, use: "sig" };
  return {
    keyId,
    algorithm,
    ...times,
    publicKey: { ...publicPart, ...facts, key_ops: ["verify"] },
    privateKey: new Secret<JWK>({ ...(await exportJWK(pair.privateKey)), ...facts }),
  };
}
