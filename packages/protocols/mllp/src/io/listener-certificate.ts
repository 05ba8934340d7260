import type { SecureContextOptions } from "node:tls";
import type { Clock, Problem } from "@trestle/base";
import type { SecretSources } from "@trestle/config";
import { mllpErrors } from "../errors.ts";
import type { ListenerTlsSettings } from "../tls-settings.ts";
import { endOf, readTls } from "./tls-material.ts";

/** How a listener's certificate does. */
export interface CertificateStatus {
  /** When the certificate in use ends, in milliseconds since 1970 UTC. */
  readonly expiresAt: number;
  /** What needs a person: it ends soon or has ended, or a newer one cannot be used. */
  readonly problem?: Problem;
}

export interface ListenerCertificateOptions {
  readonly settings: ListenerTlsSettings;
  readonly sources: SecretSources;
  readonly clock: Clock;
  /** Called with each certificate that is good to use. */
  readonly onLoaded: (options: SecureContextOptions) => void;
  /** Called when the status became another. */
  readonly onStatus: (status: CertificateStatus) => void;
}

/**
 * The certificate of a listener, read again every `reloadSeconds`. What cannot be used never takes
 * the place of another, and what has ended already never that of one that works.
 */
export class ListenerCertificate {
  readonly #options: ListenerCertificateOptions;
  #inUse = "";
  #expiresAt = 0;
  #notReloaded: Problem | undefined;
  #told = "";
  #cancelTimer = (): void => {};
  #isClosed = false;

  /** Nothing is read before `open`. */
  constructor(options: ListenerCertificateOptions) {
    this.#options = options;
  }

  /** @throws {TrestleError} `mllp.tlsNotUsable` */
  async open(): Promise<void> {
    try {
      this.#use(await this.#read());
    } catch (error) {
      throw mllpErrors.tlsNotUsable({ reason: reasonOf(error) }, error);
    }
    this.#tell();
    this.#schedule();
  }

  get status(): CertificateStatus {
    const problem = this.#notReloaded ?? this.#endProblem();
    return { expiresAt: this.#expiresAt, ...(problem === undefined ? {} : { problem }) };
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
  }

  #schedule(): void {
    const { clock, settings } = this.#options;
    if (this.#isClosed) return;
    this.#cancelTimer = clock.after(settings.reloadSeconds * 1000, () => void this.#reload());
  }

  async #reload(): Promise<void> {
    try {
      const read = await this.#read();
      if (this.#isClosed) return;
      if (JSON.stringify(read) !== this.#inUse) this.#replace(read);
      this.#notReloaded = undefined;
    } catch (error) {
      this.#notReloaded = notReloaded(reasonOf(error));
    }
    this.#tell();
    this.#schedule();
  }

  /** Where what is in use has ended too, there is nothing to save, and authorities may have changed. */
  #replace(read: SecureContextOptions): void {
    const now = this.#options.clock.now();
    if (endOf(read) <= now && this.#expiresAt > now) throw mllpErrors.certificateEnded();
    this.#use(read);
  }

  #read(): Promise<SecureContextOptions> {
    const { settings, sources } = this.#options;
    return readTls({ ...settings, authorities: settings.clientAuthorities }, sources);
  }

  #use(read: SecureContextOptions): void {
    this.#expiresAt = endOf(read);
    this.#options.onLoaded(read);
    this.#inUse = JSON.stringify(read);
  }

  #endProblem(): Problem | undefined {
    const { clock, settings } = this.#options;
    const leftMs = this.#expiresAt - clock.now();
    if (leftMs <= 0) return hasEnded;
    return leftMs < settings.warnBeforeDays * 86_400_000 ? endsSoon : undefined;
  }

  #tell(): void {
    const { status } = this;
    const told = JSON.stringify(status);
    if (told === this.#told || this.#isClosed) return;
    this.#told = told;
    this.#options.onStatus(status);
  }
}

/** What went wrong by its code. Texts of OpenSSL hold none of the key, but may hold a path. */
function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "notReadable";
}

function notReloaded(reason: string): Problem {
  return {
    code: "mllp.certificateNotReloaded",
    text: `The new certificate or key cannot be used (${reason}). The one before is still in use.`,
    hint: "Check that both files are PEM, belong together and have not ended. They are read again by themselves.",
  };
}

const hasEnded: Problem = {
  code: "mllp.certificateEnded",
  text: "The listener's certificate has ended. Senders that check it cannot connect.",
  hint: "Put a new certificate and key in place of the old ones. They are read by themselves.",
};

const endsSoon: Problem = {
  code: "mllp.certificateEndsSoon",
  text: "The listener's certificate ends soon.",
  hint: "Put a new certificate and key in place of the old ones. They are read by themselves.",
};
