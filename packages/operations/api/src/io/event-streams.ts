import type { FastifyInstance, FastifyReply } from "fastify";
import type { ServerResponse } from "node:http";
import { eventsPath } from "../contract/index.ts";
import type { Dependencies } from "../dependencies.ts";
import { apiErrors } from "../errors.ts";
import type { EventFeed } from "../event-feed.ts";
import type { Caller } from "../handler.ts";
import type { RequestGate } from "./request-gate.ts";

export interface StreamParts {
  readonly feed: EventFeed;
  readonly gate: RequestGate;
  readonly dependencies: Pick<Dependencies, "access" | "clock">;
  readonly maxStreams: number;
  /** A follower for whom more than this waits is dropped; it connects again and asks anew. */
  readonly maxBufferBytes: number;
}

/** Open event streams. */
export interface EventStreams {
  /** Ends all of them. */
  close(): void;
}

/** Serves the feed as server-sent events. @see HTML Living Standard, 9.2 */
export function serveEvents(server: FastifyInstance, parts: StreamParts): EventStreams {
  const open = new Set<ServerResponse>();
  server.get(eventsPath, async (request, reply) => {
    const caller = await parts.gate.enter(request, "messages.read");
    if (open.size >= parts.maxStreams) {
      throw apiErrors.tooMany({ streams: open.size, retryAfterSeconds });
    }
    const response = beginStream(reply);
    open.add(response);
    const end = follow(response, caller, parts);
    response.once("close", () => {
      open.delete(response);
      end();
    });
  });
  return {
    close() {
      for (const response of open) response.end();
    },
  };
}

/** Nobody knows when one ends; a console that is closed ends its own at once. */
const retryAfterSeconds = 10;

function beginStream(reply: FastifyReply): ServerResponse {
  const headers = reply.getHeaders() as Record<string, string>;
  reply.hijack();
  reply.raw.writeHead(200, {
    ...headers,
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  reply.raw.write(": open\n\n");
  return reply.raw;
}

/** @returns What ends it. */
function follow(response: ServerResponse, caller: Caller, parts: StreamParts): () => void {
  const { access, clock } = parts.dependencies;
  const write = (text: string) => {
    if (response.writableLength > parts.maxBufferBytes) response.destroy();
    else response.write(text);
  };
  let cancel = () => {};
  const beat = async () => {
    const isSignedIn = (await access.session(caller.token)) !== undefined;
    if (response.destroyed) return;
    if (!isSignedIn) {
      response.end();
      return;
    }
    write(": still here\n\n");
    cancel = clock.after(heartbeatMs, () => void beat());
  };
  cancel = clock.after(heartbeatMs, () => void beat());
  const leave = parts.feed.follow(write);
  return () => {
    cancel();
    leave();
  };
}

const heartbeatMs = 15_000;
