import { z } from "zod";
import { defineRoute } from "./define-route.ts";
import {
  deliveryState,
  disposition,
  instant,
  next,
  outcome,
  pageBody,
  pageQuery,
  problem,
} from "./shapes.ts";

export const messageSummary = z.strictObject({
  id: z.string().describe("The position in the journal."),
  site: z.string(),
  channel: z.string(),
  revision: z.string(),
  receivedAt: instant,
  controlId: z.string(),
  type: z.string().describe("Such as ADT^A08; empty where unknown."),
  disposition,
  answer: z
    .enum(["AA", "AE", "AR", "CA", "CE", "CR", "later", "none"])
    .describe("What the sender was told first; later: once the message was processed."),
  outcome,
  warnings: z.int(),
  bytes: z.int(),
  patient: z
    .string()
    .optional()
    .describe("The patient's identifier; masked without a purpose, absent where there is none."),
  reason: problem.optional().describe("Why it was refused or failed."),
});

export const attempt = z.strictObject({
  number: z.int(),
  startedAt: instant,
  durationMs: z.number(),
  result: z.enum(["delivered", "transient", "ambiguous", "permanent"]),
  detail: z.string(),
});

export const delivery = z.strictObject({
  id: z.string(),
  messageId: z.string(),
  site: z.string(),
  channel: z.string(),
  destination: z.string(),
  type: z.string(),
  key: z.string().describe("The idempotency key: the same over retries and restarts."),
  revision: z.string(),
  state: deliveryState,
  isReplay: z.boolean(),
  createdAt: instant,
  attempts: z.int(),
  reason: problem.optional(),
});

export const treeNode = z.strictObject({
  at: z.string().describe("PID, PID-3, PID-3[1], PID-3[1].4"),
  label: z.string().describe("What the standard calls it; empty where it has no name."),
  text: z.string().describe("Masked without a purpose; empty where there are children."),
  get children() {
    return z.array(treeNode);
  },
});

const messageFilter = {
  site: z.string().max(100).optional(),
  channel: z.string().max(100).optional(),
  type: z.string().max(20).optional().describe("ADT^A08, or ADT for the family."),
  controlId: z.string().max(200).optional(),
  outcome: outcome.optional(),
  disposition: disposition.optional(),
  from: instant.optional(),
  to: instant.optional().describe("Exclusive."),
  after: z.string().max(20).optional().describe("Only messages newer than this id."),
};

const messagePage = z.strictObject({ items: z.array(messageSummary), next });

export const listMessages = defineRoute({
  name: "listMessages",
  method: "GET",
  path: "/api/v1/messages",
  summary: "Messages, newest first.",
  needs: "messages.read",
  query: z.strictObject({ ...pageQuery, ...messageFilter }),
  reply: messagePage,
});

export const searchMessages = defineRoute({
  name: "searchMessages",
  method: "POST",
  path: "/api/v1/messages/search",
  summary:
    "Messages by patient, newest first. What is searched for travels in the body, never in a URL.",
  needs: "messages.read",
  body: z.strictObject({
    ...pageBody,
    ...messageFilter,
    patient: z
      .string()
      .trim()
      .max(200)
      .optional()
      .describe("An identifier's value, with or without its system (system|value)."),
  }),
  reply: messagePage,
});

export const getMessage = defineRoute({
  name: "getMessage",
  method: "GET",
  path: "/api/v1/messages/:messageId",
  summary: "One message: its facts, wire text, tree, acknowledgement and deliveries.",
  needs: "messages.read",
  params: z.strictObject({ messageId: z.string().max(20) }),
  reply: z.strictObject({
    message: messageSummary,
    remote: z.string(),
    isRevealed: z
      .boolean()
      .describe("False: patient data is masked; send Trestle-Purpose to see it."),
    wire: z
      .string()
      .describe("Segments parted by line feeds. Of a broken frame, what was captured."),
    isCut: z.boolean().describe("Whether more bytes were received than are shown."),
    tree: z.array(treeNode).describe("Empty where the bytes are no message."),
    deliveries: z.array(delivery.extend({ tries: z.array(attempt) })),
  }),
});

export const explainMessage = defineRoute({
  name: "explainMessage",
  method: "GET",
  path: "/api/v1/messages/:messageId/explanation",
  summary: "What the message maps to, and from which field and table row each value came.",
  needs: "messages.read",
  params: z.strictObject({ messageId: z.string().max(20) }),
  reply: z.strictObject({
    isRevealed: z.boolean(),
    revision: z.string().describe("The revision that explains; the running one."),
    outcome,
    bundle: z.json().describe("A FHIR R4 Bundle."),
    sources: z.array(
      z.strictObject({
        path: z.string(),
        field: z.string().optional().describe("PID-5.1"),
        by: z.string().optional().describe("The row of the map, such as patient.birthDate."),
        row: z.string().optional().describe("The row of the code table, such as gender: F."),
        rule: z.string().optional(),
      }),
    ),
    warnings: z.array(problem),
  }),
});

export const replayMessage = defineRoute({
  name: "replayMessage",
  method: "POST",
  path: "/api/v1/messages/:messageId/replay",
  summary: "Map a stored message again and owe its deliveries once more.",
  needs: "messages.replay",
  params: z.strictObject({ messageId: z.string().max(20) }),
  body: z.strictObject({
    reason: z.string().min(10).max(500).describe("Why; kept in the access record."),
  }),
  reply: z.strictObject({ deliveryIds: z.array(z.string()) }),
});

export const listDeliveries = defineRoute({
  name: "listDeliveries",
  method: "GET",
  path: "/api/v1/deliveries",
  summary: "Deliveries, newest first.",
  needs: "messages.read",
  query: z.strictObject({
    ...pageQuery,
    destination: z.string().optional(),
    state: deliveryState.optional(),
  }),
  reply: z.strictObject({ items: z.array(delivery), next }),
});

export const decideDelivery = defineRoute({
  name: "decideDelivery",
  method: "POST",
  path: "/api/v1/deliveries/:deliveryId/decision",
  summary: "Try a held delivery again, or cancel it so that its lane moves on.",
  needs: "deliveries.decide",
  params: z.strictObject({ deliveryId: z.string().max(20) }),
  body: z.strictObject({
    decision: z.enum(["retry", "cancel"]),
    reason: z.string().min(10).max(500).describe("Why; kept in the access record."),
  }),
  reply: z.strictObject({ state: deliveryState }),
});

export type MessageSummary = z.infer<typeof messageSummary>;
export type Delivery = z.infer<typeof delivery>;
export type Attempt = z.infer<typeof attempt>;
export type TreeNode = z.infer<typeof treeNode>;
