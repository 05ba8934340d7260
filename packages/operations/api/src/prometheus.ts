import { Counter, Gauge, Registry, collectDefaultMetrics } from "prom-client";
import type { ApiDependencies, ListenerState } from "./dependencies.ts";
import { type Total, MinuteTotals } from "./minute-totals.ts";

/** How many requests of a route were answered with a status so far. */
export interface AnsweredRequests {
  readonly route: string;
  readonly status: number;
  count: number;
}

/** All numbers in the words of Prometheus, read anew for each scrape. */
export interface Exposition {
  readonly contentType: string;
  text(requests: Iterable<AnsweredRequests>): Promise<string>;
}

/** @see Prometheus text exposition format 0.0.4 */
export function createExposition(dependencies: ApiDependencies): Exposition {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const answered = new Counter({
    name: "trestle_api_requests_total",
    help: "Requests answered by the API.",
    labelNames: ["route", "status"],
    registers: [registry],
  });
  const refresh = refresher(registry, dependencies);
  return {
    contentType: registry.contentType,
    async text(requests) {
      await refresh();
      answered.reset();
      for (const { route, status, count } of requests) {
        answered.inc({ route, status }, count);
      }
      return registry.metrics();
    },
  };
}

/** Reads the stores once a scrape and writes all our numbers. */
function refresher(registry: Registry, dependencies: ApiDependencies): () => Promise<void> {
  const { clock, outbox, journal, connections, readiness, listeners } = dependencies;
  const totals = new MinuteTotals();
  const counters = makeCounters(registry);
  const gauges = makeGauges(registry);
  return async () => {
    const minute = Math.floor(clock.now() / 60_000);
    const [counts, backlogs, cursor] = await Promise.all([
      outbox.counts(totals.since(minute)),
      outbox.backlog(),
      outbox.cursor(),
    ]);
    counters.messages.reset();
    counters.deliveries.reset();
    for (const total of totals.totals(minute, counts)) write(total, counters);
    gauges.queued.reset();
    gauges.held.reset();
    for (const { destination, queued, held } of backlogs) {
      gauges.queued.set({ destination }, queued);
      gauges.held.set({ destination }, held);
    }
    gauges.last.set(journal.last());
    gauges.processed.set(cursor);
    gauges.connections.set(connections());
    writeListeners(listeners(), counters.refused, gauges);
    gauges.ready.set(readiness().ready ? 1 : 0);
  };
}

function write(
  { site, channel, destination, kind, count }: Total,
  { messages, deliveries }: ReturnType<typeof makeCounters>,
): void {
  if (destination === "") messages.inc({ site, channel, kind }, count);
  else deliveries.inc({ destination, result: kind }, count);
}

function writeListeners(
  states: readonly ListenerState[],
  refused: Counter<"listener" | "reason">,
  { certificateEnd, certificateProblem }: ReturnType<typeof makeGauges>,
): void {
  refused.reset();
  for (const { name: listener, refused: counts, certificate } of states) {
    for (const { reason, count } of counts) refused.inc({ listener, reason }, count);
    if (certificate === undefined) continue;
    certificateEnd.set({ listener }, certificate.expiresAt / 1000);
    certificateProblem.set({ listener }, certificate.problem === undefined ? 0 : 1);
  }
}

function makeCounters(registry: Registry) {
  const registers = [registry];
  return {
    messages: new Counter({
      name: "trestle_messages_total",
      help: "Messages by what became of them: accepted, refused, broken; of the accepted: failed, warned.",
      labelNames: ["site", "channel", "kind"],
      registers,
    }),
    refused: new Counter({
      name: "trestle_mllp_refused_connections_total",
      help: "MLLP connections that were not taken: handshakeFailed, notAllowed, tooManyConnections.",
      labelNames: ["listener", "reason"],
      registers,
    }),
    deliveries: new Counter({
      name: "trestle_deliveries_total",
      help: "Tries of deliveries by their result: delivered, retried, held.",
      labelNames: ["destination", "result"],
      registers,
    }),
  };
}

function makeGauges(registry: Registry) {
  const registers = [registry];
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const byDestination = (name: string, help: string) =>
    new Gauge({ name, help, registers, labelNames: ["destination"] });
  const byListener = (name: string, help: string) =>
    new Gauge({ name, help, registers, labelNames: ["listener"] });
  return {
    certificateEnd: byListener(
      "trestle_mllp_certificate_end_seconds",
      "When a listener's certificate ends, in seconds since 1970 UTC.",
    ),
    certificateProblem: byListener(
      "trestle_mllp_certificate_problem",
      "1 when a listener's certificate ends soon, has ended, or a newer one cannot be used.",
    ),
    queued: byDestination("trestle_deliveries_queued", "Deliveries that wait to be tried."),
    held: byDestination("trestle_deliveries_held", "Deliveries that wait for a person."),
    last: gauge("trestle_journal_position", "The newest position of the journal."),
    processed: gauge("trestle_processed_position", "The last position that was processed."),
    connections: gauge("trestle_mllp_connections", "Open MLLP connections."),
    ready: gauge("trestle_ready", "1 when the hub can do its work."),
  };
}
