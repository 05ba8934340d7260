import { z } from "zod";
import { defineRoute } from "./define-route.ts";
import { instant } from "./shapes.ts";

const person = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(["administrator", "operator", "application"]),
});

const session = z.strictObject({
  person,
  expiresAt: instant,
  masksUntilPurpose: z
    .boolean()
    .describe("Whether patient data is masked until a purpose is given."),
});

export const signIn = defineRoute({
  name: "signIn",
  method: "POST",
  path: "/api/v1/sign-in",
  summary: "Redeem a single-use sign-in link; sets the session cookie.",
  needs: "nobody",
  body: z.strictObject({
    token: z.string().min(20).max(200),
    name: z.string().trim().min(1).max(80).describe("How the access record names this person."),
  }),
  reply: session,
});

export const getSession = defineRoute({
  name: "getSession",
  method: "GET",
  path: "/api/v1/session",
  summary: "Who is signed in.",
  needs: "session",
  reply: session,
});

export const signOut = defineRoute({
  name: "signOut",
  method: "DELETE",
  path: "/api/v1/session",
  summary: "End this session.",
  needs: "session",
  reply: z.strictObject({}),
});

export const inviteAdministrator = defineRoute({
  name: "inviteAdministrator",
  method: "POST",
  path: "/api/v1/sign-in-links",
  summary: "Make a new single-use sign-in link.",
  needs: "people.invite",
  reply: z.strictObject({
    url: z
      .string()
      .describe("/sign-in#TOKEN of this hub. Browsers do not send what stands behind the #."),
    expiresAt: instant,
  }),
});

export type Session = z.infer<typeof session>;
