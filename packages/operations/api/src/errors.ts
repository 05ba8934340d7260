import { defineErrors } from "@trestle/base";

export const apiErrors = defineErrors("api", {
  badRequest: {
    failure: "permanent",
    hint: "Correct what `issues` names; /api/docs says what each route takes.",
  },
  notJson: {
    failure: "permanent",
    hint: "Send the body as JSON with Content-Type: application/json.",
  },
  notSignedIn: {
    failure: "permanent",
    hint: "Sign in with a link from `trestle sign-in`, or send the operator token as a bearer token.",
  },
  forbidden: {
    failure: "permanent",
    hint: "Ask an administrator for a role that allows this.",
  },
  foreignOrigin: {
    failure: "permanent",
    hint: "Call from the console's own address; name it as publicUrl if a proxy changes it.",
  },
  foreignHost: {
    failure: "permanent",
    hint: "Use localhost or 127.0.0.1, or name the host under hosts in trestle.yaml.",
  },
  purposeNeeded: {
    failure: "permanent",
    hint: "Say why you look in the header Trestle-Purpose; the console has a choice for it above.",
  },
  notFound: {
    failure: "permanent",
    hint: "Check the id; what it named may belong to another hub or be gone by retention.",
  },
  notDecidable: {
    failure: "permanent",
    hint: "Only queued and held deliveries can be decided. Look at its present state.",
  },
  tooLarge: {
    failure: "permanent",
    hint: "Send less at once, or raise maxBodyBytes in trestle.yaml.",
  },
  tooMany: {
    failure: "transient",
    hint: "Wait, then try again; or raise the limit in trestle.yaml.",
  },
  tooSlow: {
    failure: "transient",
    hint: "The request did not arrive in time. Try again.",
  },
  unavailable: {
    failure: "transient",
    hint: "The hub cannot store at the moment; /readyz says why. Try again.",
  },
  internal: {
    failure: "transient",
    hint: "This is a defect. The hub's log has the code and the place; report them.",
  },
  notProtected: {
    failure: "permanent",
    hint: "Beyond loopback the API needs tls, or the word that a proxy in front of it does TLS.",
  },
  portTaken: {
    failure: "permanent",
    hint: "Another program listens there. End it, or choose another port; 0 picks a free one.",
  },
  notListening: {
    failure: "permanent",
    hint: "Check host, port, and that the certificate and its key can be read.",
  },
});
