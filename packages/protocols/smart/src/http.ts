/** Sends requests within limits. `openSmartHttp` makes one. */
export interface SmartHttp {
  /**
   * @throws {TrestleError} `smart.notReached`, `smart.certificateRefused`, `smart.noAnswer` or
   * `smart.fateUnknown` by `isRepeatable`, `smart.answerTooLarge`, `smart.addressNotSecure`,
   * `smart.cancelled`
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether sending it twice does no harm; decides what a missing answer means. */
  readonly isRepeatable: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly url: string;
  readonly status: number;
  /** By lower-case name; the first of each. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}
