import { secretReference } from "@trestle/config";
import { z } from "zod";
import { isClientName } from "./client-names.ts";

const minVersion = z
  .enum(["TLSv1.2", "TLSv1.3"])
  .default("TLSv1.2")
  .describe("Oldest version of TLS that is spoken.");

/** TLS at a listener: who it is, and whom it lets in. */
export const listenerTls = z
  .strictObject({
    certificate: secretReference.describe(
      "The certificate and its chain, PEM: file:PATH or env:NAME.",
    ),
    key: secretReference.describe("The private key, PEM: file:PATH or env:NAME."),
    keyPassphrase: secretReference
      .optional()
      .describe("What the key is encrypted with, where it is: file:PATH or env:NAME."),
    minVersion,
    clientCertificates: z
      .enum(["none", "optional", "required"])
      .default("none")
      .describe(
        "Whether senders show a certificate. optional: one that is shown must be good all the same.",
      ),
    clientAuthorities: secretReference
      .optional()
      .describe("Certificates of those who may sign clients' certificates, PEM."),
    allowClients: z
      .array(
        z
          .string()
          .refine(isClientName, "must be cn:NAME, dns:NAME or sha256:FINGERPRINT of 32 bytes"),
      )
      .default([])
      .describe(
        "Whose certificates may come in: cn:NAME, dns:NAME, sha256:HEX. Empty: every good one.",
      ),
    handshakeTimeoutSeconds: z
      .number()
      .min(0.1)
      .max(600)
      .default(10)
      .describe("How long a sender may take to agree on TLS."),
    reloadSeconds: z
      .number()
      .min(0.1)
      .max(86_400)
      .default(60)
      .describe("How often certificate, key and authorities are read again."),
    warnBeforeDays: z
      .number()
      .min(0)
      .max(3650)
      .default(30)
      .describe("From how long before its end the certificate is reported."),
  })
  .superRefine((tls, context) => {
    const isAsked = tls.clientCertificates !== "none";
    if (isAsked && tls.clientAuthorities === undefined) {
      const message = "is needed, so that clients' certificates can be checked";
      context.addIssue({ code: "custom", path: ["clientAuthorities"], message });
    }
    if (!isAsked && (tls.clientAuthorities !== undefined || tls.allowClients.length > 0)) {
      const message =
        "must be optional or required, or clientAuthorities and allowClients do nothing";
      context.addIssue({ code: "custom", path: ["clientCertificates"], message });
    }
  });

export type ListenerTlsSettings = z.infer<typeof listenerTls>;

/** TLS of a client: whom it trusts, and what it shows. */
export const clientTls = z
  .strictObject({
    authorities: secretReference
      .optional()
      .describe("Certificates of those who may sign the receiver's, PEM. Else those of Node."),
    certificate: secretReference
      .optional()
      .describe("The certificate to show and its chain, PEM: file:PATH or env:NAME."),
    key: secretReference
      .optional()
      .describe("The private key of that certificate, PEM: file:PATH or env:NAME."),
    keyPassphrase: secretReference
      .optional()
      .describe("What the key is encrypted with, where it is: file:PATH or env:NAME."),
    serverName: z
      .string()
      .min(1)
      .optional()
      .describe("The name that the receiver's certificate must hold, where that is not host."),
    minVersion,
  })
  .refine((tls) => (tls.certificate === undefined) === (tls.key === undefined), {
    path: ["key"],
    error: "certificate and key belong together: give both, or neither",
  });

export type ClientTlsSettings = z.infer<typeof clientTls>;
