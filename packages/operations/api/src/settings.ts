/** How the API listens and what it bears. What is left out has the default named beside it. */
export interface ApiSettings {
  /** Interface to bind; anything but loopback needs `tls` or `behindProxy`. */
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** The address under which people reach the hub, where it is not the one it binds. */
  readonly publicUrl?: string | undefined;
  /** Further host names that a hub on loopback answers to. */
  readonly hosts?: readonly string[] | undefined;
  /** Paths of PEM files. */
  readonly tls?: { readonly certificateFile: string; readonly keyFile: string } | undefined;
  /** The explicit word that a proxy in front does TLS. */
  readonly behindProxy?: boolean | undefined;
  /** 1 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** For a request to arrive, and again for it to be answered: 30. */
  readonly requestTimeoutSeconds?: number | undefined;
  /** 1,000. */
  readonly maxConnections?: number | undefined;
  /** Followers of events at once: 100. */
  readonly maxEventStreams?: number | undefined;
  /** A follower for whom more than this waits is dropped: 1 MiB. */
  readonly maxEventBufferBytes?: number | undefined;
  /** Resources shown of one patient: 2,000. */
  readonly maxRecordItems?: number | undefined;
}

/** The limits with their defaults filled in. */
export function limitsOf(settings: ApiSettings) {
  const mebibyte = 1024 * 1024;
  return {
    maxBodyBytes: settings.maxBodyBytes ?? mebibyte,
    requestTimeoutMs: (settings.requestTimeoutSeconds ?? 30) * 1000,
    maxConnections: settings.maxConnections ?? 1000,
    maxEventStreams: settings.maxEventStreams ?? 100,
    maxEventBufferBytes: settings.maxEventBufferBytes ?? mebibyte,
    maxRecordItems: settings.maxRecordItems ?? 2000,
  };
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/u.test(host);
}
