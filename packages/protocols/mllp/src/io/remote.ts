import type { Socket } from "node:net";

/** Where a connection comes from. */
export interface Remote {
  /** The bare address; an IPv4 address never in its IPv6 disguise. */
  readonly address: string;
  /** Address and port, for people: `192.0.2.7:40112`, `[2001:db8::7]:40112`. */
  readonly text: string;
}

export function remoteOf(socket: Socket): Remote {
  // A peer may be gone before anybody asked; then there is no address any more.
  const address = (socket.remoteAddress ?? "unknown").replace(/^::ffff:(?=\d+\.)/iu, "");
  const host = address.includes(":") ? `[${address}]` : address;
  return { address, text: `${host}:${socket.remotePort ?? 0}` };
}
