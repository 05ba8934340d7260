import { routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";

export const signIn = defineCommand({
  name: "sign-in",
  summary: "Print a new single-use link that signs an administrator in to the console.",
  json: "with url, expiresAt.",
  options: z.strictObject(hubOptions),
  examples: ["trestle sign-in"],
  async run(options, surroundings) {
    const link = await connectHub(options, surroundings).call(routes.inviteAdministrator);
    surroundings.out.row(link, link.url);
    surroundings.out.note(`Valid once, until ${link.expiresAt}.`);
    return 0;
  },
});
