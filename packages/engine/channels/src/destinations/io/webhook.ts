import { reveal } from "@trestle/base";
import type { DueDelivery } from "@trestle/journal";
import { Pool } from "undici";
import type { Destination, SendResult } from "../destination.ts";
import { judgeFailure, judgeStatus } from "../webhook-answers.ts";
import type { WebhookSettings } from "../webhook-settings.ts";
import { type WatchedConnector, watchedConnector } from "./watched-connector.ts";

/**
 * Sends results by HTTP POST: the FHIR Bundle as the body, facts about it as headers.
 *
 * `Idempotency-Key` is the same over retries and restarts. The headers carry no patient data.
 */
export function openWebhook(name: string, settings: WebhookSettings): Destination {
  const url = new URL(settings.url);
  const timeoutMs = settings.timeoutSeconds * 1000;
  // Said aloud, for a variable of the process (NODE_TLS_REJECT_UNAUTHORIZED) changes the default.
  const connector = watchedConnector({ timeout: timeoutMs, rejectUnauthorized: true });
  const pool = new Pool(url.origin, {
    connections: settings.maxConcurrent,
    connect: connector.connect,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    pipelining: 1,
  });
  return {
    name,
    isIdempotent: settings.isIdempotent,
    maxConcurrent: settings.maxConcurrent,
    retry: {
      firstMs: settings.firstRetrySeconds * 1000,
      maxMs: settings.maxRetrySeconds * 1000,
      horizonMs: settings.retryHorizonHours * 3_600_000,
    },
    send: (delivery) => send({ pool, connector, path: url.pathname + url.search }, delivery),
    close: () => pool.destroy(),
  };
}

interface Webhook {
  readonly pool: Pool;
  readonly connector: WatchedConnector;
  readonly path: string;
}

async function send(
  { pool, connector, path }: Webhook,
  delivery: DueDelivery,
): Promise<SendResult> {
  try {
    const { statusCode, headers, body } = await pool.request({
      method: "POST",
      path,
      headers: headersOf(delivery),
      body: reveal(delivery.body),
    });
    // What the destination says is not ours to keep; it is read so that the connection is free.
    await body.dump({ limit: 65_536 });
    return judgeStatus(statusCode, singleHeader(headers["retry-after"]));
  } catch (error) {
    return judgeFailure(codeOf(error), { isUnsent: connector.isUnsent(error) });
  }
}

function headersOf(delivery: DueDelivery): Record<string, string> {
  return {
    "content-type": "application/fhir+json",
    "idempotency-key": delivery.key,
    "trestle-site": delivery.site,
    "trestle-channel": delivery.channel,
    "trestle-message": String(delivery.position),
    "trestle-type": delivery.type,
    "trestle-revision": delivery.revision,
    ...(delivery.isReplay ? { "trestle-replay": "true" } : {}),
  };
}

function singleHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && "code" in error) return String(error.code);
  return error instanceof Error ? error.name : "unknown";
}
