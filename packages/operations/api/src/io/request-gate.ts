import { permits } from "@trestle/access";
import { Secret } from "@trestle/base";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Permission, type Purpose, purposes } from "../contract/index.ts";
import type { Dependencies } from "../dependencies.ts";
import { apiErrors } from "../errors.ts";
import type { Caller, SessionCookie } from "../handler.ts";
import { originOf } from "../origin.ts";
import { endedSessionCookie, readSessionCookie, sessionCookie } from "../session-cookie.ts";

type GateDependencies = Pick<Dependencies, "access" | "clock" | "publicUrl">;

/** Lets requests in: who asks, whether they may, and whether a foreign page makes them ask. */
export class RequestGate {
  readonly #dependencies: GateDependencies;
  readonly #isSecure: boolean;

  constructor(dependencies: GateDependencies, isSecure: boolean) {
    this.#dependencies = dependencies;
    this.#isSecure = isSecure;
  }

  /**
   * @throws {TrestleError} `api.notSignedIn`, `api.forbidden`, `api.foreignOrigin`, `api.notJson`,
   * `api.badRequest` for a purpose that is none.
   */
  async enter(request: FastifyRequest, needs: Exclude<Permission, "nobody">): Promise<Caller> {
    const bearer = bearerOf(request.headers.authorization);
    const token = bearer ?? readSessionCookie(request.headers.cookie);
    if (token === undefined) throw apiErrors.notSignedIn();
    const secret = new Secret(token);
    const signedIn = await this.#dependencies.access.session(secret);
    if (signedIn === undefined) throw apiErrors.notSignedIn();
    if (needs !== "session" && !permits(signedIn.person.role, needs)) throw apiErrors.forbidden();
    // A browser sends the cookie by itself; a bearer token only a program that knows it sends.
    if (bearer === undefined) this.#refuseForeign(request, { mayBeUnstated: false });
    return { ...signedIn, token: secret, purpose: purposeOf(request) };
  }

  /** For a route that needs no sign-in: a foreign page may still not make a browser use it. */
  enterOpen(request: FastifyRequest): void {
    this.#refuseForeign(request, { mayBeUnstated: true });
  }

  cookieOf(reply: FastifyReply): SessionCookie {
    const isSecure = this.#isSecure;
    const { clock } = this.#dependencies;
    return {
      set(token, expiresAt) {
        const maxAgeSeconds = (expiresAt - clock.now()) / 1000;
        void reply.header("set-cookie", sessionCookie(token, { maxAgeSeconds, isSecure }));
      },
      clear() {
        void reply.header("set-cookie", endedSessionCookie(isSecure));
      },
    };
  }

  #refuseForeign(request: FastifyRequest, { mayBeUnstated }: { mayBeUnstated: boolean }): void {
    if (request.method === "GET" || request.method === "HEAD") return;
    const type = request.headers["content-type"] ?? "";
    if (!/^application\/json\s*(?:;|$)/iu.test(type)) throw apiErrors.notJson();
    const origin = originOf(request.headers, new URL(this.#dependencies.publicUrl()).origin);
    if (origin === "own" || (origin === "unstated" && mayBeUnstated)) return;
    throw apiErrors.foreignOrigin();
  }
}

function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer (?<token>\S+)$/iu.exec(header ?? "")?.groups?.["token"];
}

function purposeOf({ headers }: FastifyRequest): Purpose | undefined {
  const given = headers["trestle-purpose"];
  if (given === undefined) return undefined;
  const purpose = purposes.find((known) => known === given);
  if (purpose === undefined) throw apiErrors.badRequest({ at: "header.Trestle-Purpose" });
  return purpose;
}
