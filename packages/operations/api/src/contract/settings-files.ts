import { z } from "zod";
import { changeAs, changeSetParts, changedFile } from "./change-sets.ts";
import { defineRoute } from "./define-route.ts";
import { configurationProblem } from "./shapes.ts";

const path = z.string().min(1).max(500).describe("In the integration folder.");

/** Keys and positions that lead to a setting; positions count from 0. */
const place = z.array(z.union([z.string().max(1000), z.int().min(0)])).max(50);
const at = place.min(1).describe("Keys, and positions of lists from 0.");

const item = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("kept"), was: z.int().min(0).describe("Its position now.") }),
  z.strictObject({ type: z.literal("new"), value: z.json() }),
]);

const settingEdit = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("set"), at, value: z.json() }),
    z.strictObject({ type: z.literal("remove"), at }),
    z.strictObject({ type: z.literal("rename"), at, to: z.string().min(1).max(1000) }),
    z.strictObject({
      type: z.literal("arrange"),
      at,
      items: z.array(item).max(10_000).describe("All items of the list, in their new order."),
    }),
  ])
  .describe("One edit; places are those of the file as the edits before it leave it.");

/** With the place in the file as a form has it. */
const settingProblem = configurationProblem.extend({
  path: place.optional().describe("Of what is wrong; absent where a file as a whole is."),
});

const file = z.strictObject({
  path,
  kind: z.string().describe("Such as `site`; the name of its JSON Schema."),
  title: z.string().describe("Such as sites/NAME/site.yaml."),
  description: z.string(),
  isThere: z.boolean().describe("False where the folder may have it and has not."),
});

export const listSettingsFiles = defineRoute({
  name: "listSettingsFiles",
  method: "GET",
  path: "/api/v1/settings-files",
  summary: "The YAML files of the integration folder, and those that it may have and has not.",
  needs: "settings.edit",
  reply: z.strictObject({ items: z.array(file) }),
});

export const getSettingsFile = defineRoute({
  name: "getSettingsFile",
  method: "GET",
  path: "/api/v1/settings-files/content",
  summary: "What a YAML file of the folder says as it lies there, and its JSON Schema.",
  needs: "settings.edit",
  query: z.strictObject({ path }),
  reply: file.extend({
    hash: z.string().describe("Of the text; send it along with a change."),
    value: z
      .record(z.string(), z.json())
      .optional()
      .describe(
        "Without defaults, and without secrets that stand in it by mistake. Absent where the file is no YAML.",
      ),
    schema: z.record(z.string(), z.json()).describe("JSON Schema, as `trestle schemas` writes it."),
    problems: z
      .array(settingProblem)
      .describe("What is wrong in the file by itself; the first 500."),
  }),
});

export const changeSettingsFile = defineRoute({
  name: "changeSettingsFile",
  method: "POST",
  path: "/api/v1/settings-files/changes",
  summary: "Make a change set of edits of one YAML file: a patch, or a commit where it may be.",
  needs: "settings.edit",
  body: z.strictObject({
    path,
    hash: z.string().min(1).max(100).describe("Of the text that the edits are about."),
    edits: z.array(settingEdit).min(1).max(1000),
    note: z
      .string()
      .max(500)
      .regex(/^\P{Cc}*$/u, "holds a line break or another control character")
      .default("")
      .describe("Why; kept in the access record and the commit."),
    as: changeAs,
  }),
  reply: z.strictObject({
    problems: z
      .array(settingProblem)
      .describe("Of the whole folder with the change, the first 500. With one nothing is made."),
    remarks: z.array(settingProblem).describe("What a person should look at, though it works."),
    files: z.array(changedFile),
    ...changeSetParts,
  }),
});

export type SettingEdit = z.infer<typeof settingEdit>;
export type SettingProblem = z.infer<typeof settingProblem>;
export type SettingsFile = z.infer<typeof file>;
export type SettingsContent = z.infer<typeof getSettingsFile.reply>;
export type SettingsChangeSet = z.infer<typeof changeSettingsFile.reply>;
