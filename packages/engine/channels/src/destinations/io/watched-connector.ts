import { buildConnector } from "undici";

/** Connects, and knows which failures came before anything could be sent. */
export interface WatchedConnector {
  readonly connect: buildConnector.connector;
  /** Whether this failure kept a connection from being made, so that no request was on its way. */
  readonly isUnsent: (error: unknown) => boolean;
}

/**
 * Asks the connection itself, since a code does not tell: ECONNRESET may come while a connection is
 * made, or behind a request that was sent whole.
 */
export function watchedConnector(options: buildConnector.BuildOptions): WatchedConnector {
  const connector = buildConnector(options);
  const unsent = new WeakSet<Error>();
  return {
    isUnsent: (error) => error instanceof Error && unsent.has(error),
    connect: (to, callback) =>
      connector(to, (...[error, socket]) => {
        if (error === null) return callback(error, socket);
        unsent.add(error);
        callback(error, null);
      }),
  };
}
