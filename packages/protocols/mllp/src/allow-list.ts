import { BlockList, isIP } from "node:net";

/** Tells whether an address may connect. */
export type AllowList = (address: string) => boolean;

/** @param entries Addresses and networks such as `10.1.0.0/16`; none of them means everybody. */
export function allowList(entries: readonly string[]): AllowList {
  if (entries.length === 0) return () => true;
  const listed = new BlockList();
  for (const entry of entries) {
    const { address, prefix, family } = networkOf(entry);
    listed.addSubnet(address, prefix, family);
  }
  return (address) => isIP(address) !== 0 && listed.check(address, familyOf(address));
}

/** Whether an entry of an allow list is an address or a network. */
export function isNetwork(entry: string): boolean {
  const { address, prefix, family } = networkOf(entry);
  const isPrefix = Number.isInteger(prefix) && prefix >= 0 && prefix <= bits[family];
  return isIP(address) !== 0 && isPrefix;
}

function networkOf(entry: string): Network {
  const [address = "", length] = entry.split("/", 2);
  const family = familyOf(address);
  return { address, family, prefix: length === undefined ? bits[family] : prefixOf(length) };
}

function prefixOf(length: string): number {
  return /^\d{1,3}$/u.test(length) ? Number(length) : Number.NaN;
}

function familyOf(address: string): Family {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

type Family = "ipv4" | "ipv6";

interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: Family;
}

const bits: Readonly<Record<Family, number>> = { ipv4: 32, ipv6: 128 };
