import { z } from "zod";
import { clientSettings } from "../access/client.ts";
import { userSettings } from "../access/users.ts";
import { faultSettings } from "../admin/faults.ts";
import { feedSettings } from "./feed-settings.ts";
import { sandboxLimits } from "./limits.ts";
import { siteSwitches } from "./switches.ts";

/** One simulated site: how it is configured, whom it knows, and what goes wrong there. */
export const sandboxProfile = z
  .strictObject({
    title: z.string().max(200).default("").describe("One line about this site."),
    switches: siteSwitches.prefault({}).describe("How the site is configured."),
    feed: feedSettings.prefault({}).describe("How the site writes its HL7 messages."),
    sampleClients: z
      .boolean()
      .default(true)
      .describe("Whether the applications are on record that come with the sandbox."),
    clients: z.array(clientSettings).default([]).describe("Further applications on record."),
    users: z.array(userSettings).default([]).describe("What some of the users may, or may not."),
    limits: sandboxLimits.prefault({}).describe("What is kept in memory at most."),
    faults: faultSettings.prefault({}).describe("What goes wrong from the beginning."),
  })
  .meta({ title: "Profile of a simulated site", examples: [{}] });

export type SandboxProfile = z.infer<typeof sandboxProfile>;
