import { z } from "zod";
import { secretReference } from "../src/index.ts";

/** An invented component with settings of every kind. */
export const pump = z
  .strictObject({
    title: z.string().min(1).describe("What it pumps."),
    listeners: z
      .record(
        z.string().regex(/^[a-z]+$/u, "has small letters only"),
        z.strictObject({
          port: z.int().min(0).max(65_535).describe("TCP port."),
          waitSeconds: z.number().positive().max(60).default(5).describe("How long it waits."),
        }),
      )
      .default({}),
    names: z.array(z.string()).min(1).max(3).default(["one"]).describe("Who listens."),
    level: z.enum(["debug", "info", "warn"]).default("info").describe("What is told."),
    isOn: z.boolean().default(false).describe("Whether it runs."),
    password: secretReference.optional(),
    maxBytes: z.int().min(1024).default(2_097_152).describe("Largest message, in bytes."),
    target: z
      .discriminatedUnion("type", [
        z.strictObject({
          type: z.literal("file"),
          path: z.string().describe("Where it goes."),
        }),
        z.strictObject({
          type: z.literal("web"),
          url: z.string().describe("Who gets it."),
          tries: z.int().min(1).max(9).default(3).describe("How often it is tried."),
        }),
      ])
      .optional(),
  })
  .refine(({ title, isOn }) => title !== "off" || !isOn, {
    path: ["isOn"],
    error: "cannot be true where the title says off",
  });
