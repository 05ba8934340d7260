import { type Clock, type Random, systemClock, systemRandom } from "@trestle/base";
import type { z } from "zod";
import { Addresses } from "../addresses.ts";
import { Aliases } from "../aliases.ts";
import { AnswerCache } from "../answer-cache.ts";
import type { Authorization } from "../authorization.ts";
import { Circuit } from "../circuit.ts";
import { FhirClient } from "../client.ts";
import { type FhirClientSettings, burstOf, fhirClientSettings } from "../client-settings.ts";
import { type Dialect, plainDialect } from "../dialect.ts";
import { budgetAt } from "../load-budget.ts";
import { RateWindow } from "../rate-window.ts";
import type { RequestLog } from "../request-log.ts";
import { Slots } from "../slots.ts";
import { Throttle } from "../throttle.ts";
import { Turns } from "../turns.ts";
import { Connections } from "./connections.ts";
import { Gate } from "./gate.ts";
import { Transport } from "./transport.ts";

/** What a client is opened with. */
export interface OpenFhirClient {
  readonly settings: z.input<typeof fhirClientSettings>;
  /** Left out: requests carry no token. */
  readonly authorization?: Authorization;
  /** In what the server differs from plain FHIR. */
  readonly dialect?: Dialect;
  /** Told of every request, without patient data. */
  readonly log?: RequestLog;
  /** Authorities in PEM that are trusted beside the machine's own. */
  readonly ca?: string;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** Opens a client. Nothing is sent yet. */
export function openFhirClient(options: OpenFhirClient): FhirClient {
  const settings = fhirClientSettings.parse(options.settings);
  const { dialect = plainDialect, clock = systemClock, random = systemRandom } = options;
  const connections = new Connections({
    maxConcurrent: settings.maxConcurrent,
    connectTimeoutMs: settings.connectTimeoutSeconds * 1000,
    answerTimeoutMs: settings.answerTimeoutSeconds * 1000,
    maxAnswerBytes: settings.maxAnswerBytes,
    ca: options.ca,
  });
  const sender = new Transport({
    connections,
    gate: gateOf(settings, dialect, clock),
    circuit: new Circuit(settings.circuit, clock),
    dialect,
    authorization: options.authorization,
    clock,
    random,
    retry: settings.retry,
    log: options.log,
  });
  const site = {
    sender,
    addresses: new Addresses({ ...settings, parameters: dialect.parameters }),
    dialect,
    settings,
    aliases: new Aliases(settings.maxAliases),
    cache: new AnswerCache(settings.cache, clock),
    clock,
    random,
    turns: new Turns(),
    learned: { wantsFormat: false },
  };
  return new FhirClient(site, () => connections.close());
}

function gateOf(settings: FhirClientSettings, dialect: Dialect, clock: Clock): Gate {
  const { budget, throttle } = settings;
  const perMinute = dialect.requestsPerMinute;
  const windows = [
    ...(perMinute === undefined ? [] : [new RateWindow(60_000, () => perMinute, clock)]),
    ...(budget === undefined ? [] : [new RateWindow(3_600_000, budgetAt(budget), clock)]),
  ];
  const { maxQueueSeconds } = settings;
  return new Gate({
    slots: new Slots(settings, clock),
    windows,
    throttle: throttle && new Throttle({ ...throttle, burst: burstOf(throttle) }, clock),
    clock,
    maxQueueSeconds,
  });
}
