import { constants } from "node:crypto";
import type { Socket } from "node:net";
import { type SecureContextOptions, type Server, type TLSSocket, createServer } from "node:tls";
import { type ClientNames, clientNames } from "../client-names.ts";
import type { ListenerTlsSettings } from "../tls-settings.ts";
import { remoteOf } from "./remote.ts";

export interface TlsDoorOptions {
  readonly settings: ListenerTlsSettings;
  /** Called with each connection that agreed on TLS and may come in. */
  readonly onOpen: (socket: TLSSocket) => void;
  /** Called for each that may not, or that came to no end, with the kind of its failure. */
  readonly onFailure: (remote: string, failure: string) => void;
}

/** Turns accepted connections into TLS connections, and looks at who is there. */
export class TlsDoor {
  readonly #options: TlsDoorOptions;
  readonly #isAllowed: ClientNames;
  readonly #server: Server;
  readonly #handshakes = new Map<string, Handshake>();

  constructor(options: TlsDoorOptions) {
    const { allowClients, clientCertificates, handshakeTimeoutSeconds } = options.settings;
    this.#options = options;
    this.#isAllowed = clientNames(allowClients);
    this.#server = createServer({
      requestCert: clientCertificates !== "none",
      // Refused below instead, where it is still known who called and why it failed.
      rejectUnauthorized: false,
      handshakeTimeout: handshakeTimeoutSeconds * 1000,
    });
    this.#server.on("secureConnection", (socket) => this.#open(socket));
    this.#server.on("tlsClientError", (error, socket) => this.#note(error, socket));
  }

  /** Connections that have not agreed yet. */
  get handshakes(): number {
    return this.#handshakes.size;
  }

  /** From now on with this certificate. Open connections keep theirs. */
  use(options: SecureContextOptions): void {
    // A session taken up again would let in a client by a certificate that has ended meanwhile.
    this.#server.setSecureContext({ ...options, secureOptions: constants.SSL_OP_NO_TICKET });
  }

  /** Begins with a connection; it ends by `onOpen` or `onFailure`. */
  take(socket: Socket): void {
    const { text } = remoteOf(socket);
    const handshake: Handshake = { socket, failure: "closedBeforeItWasDone" };
    this.#handshakes.set(text, handshake);
    socket.once("close", () => {
      if (this.#handshakes.get(text) !== handshake) return;
      this.#handshakes.delete(text);
      this.#options.onFailure(text, handshake.failure);
    });
    this.#server.emit("connection", socket);
  }

  /** Cuts those that have not agreed yet. */
  close(): void {
    for (const { socket } of this.#handshakes.values()) socket.destroy();
  }

  #note(error: Error, socket: TLSSocket): void {
    const handshake = this.#handshakes.get(remoteOf(socket).text);
    if (handshake === undefined) return;
    handshake.failure = "code" in error ? String(error.code) : error.name;
    handshake.socket.destroy();
  }

  #open(socket: TLSSocket): void {
    const { text } = remoteOf(socket);
    this.#handshakes.delete(text);
    const failure = this.#refusalOf(socket);
    if (failure === undefined) return this.#options.onOpen(socket);
    socket.on("error", () => {}).destroy();
    this.#options.onFailure(text, failure);
  }

  #refusalOf(socket: TLSSocket): string | undefined {
    const { clientCertificates } = this.#options.settings;
    if (clientCertificates === "none") return undefined;
    const certificate = socket.getPeerX509Certificate();
    if (certificate === undefined) {
      return clientCertificates === "required" ? "certificateMissing" : undefined;
    }
    if (!socket.authorized) return String(socket.authorizationError);
    return this.#isAllowed(certificate) ? undefined : "certificateNotListed";
  }
}

interface Handshake {
  readonly socket: Socket;
  failure: string;
}
