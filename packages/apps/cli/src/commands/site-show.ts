import { z } from "zod";
import { defineCommand } from "../command.ts";
import { viewSite } from "../io/view-site.ts";
import { placeText, valueText } from "../site-lines.ts";

export const siteShow = defineCommand({
  name: "site show",
  summary:
    "Print what holds at a site, of all layers together, and who answers for it, one a line.",
  exits3: "when the site has problems",
  json: "for each: path, value, place (file and line that set it, or default).",
  operands: [{ name: "site", description: "The site." }],
  options: z.strictObject({
    site: z.string({ error: "name a site." }),
    config: z.string().default(".").meta({ value: "DIR", description: "The integration folder." }),
    environment: z
      .enum(["production", "nonproduction"])
      .optional()
      .describe("The environment; production where the site has that, if left out."),
    effective: z.boolean().default(false).describe("With the product's defaults."),
    why: z.boolean().default(false).describe("With the file and line that set each."),
  }),
  examples: ["trestle site show lakeshore", "trestle site show lakeshore --effective --why"],
  async run({ config, site, environment, effective, why }, { out }) {
    const view = await viewSite({ directory: config, site, environment }, out);
    if (view === undefined) return 3;
    for (const { path, value, place } of view.settings) {
      if (place === undefined && !effective) continue;
      const line = `${path} = ${valueText(value)}`;
      const source = placeText(place);
      out.row({ path, value, place: source }, why ? `${line}  (${source})` : line);
    }
    for (const { path, value, place } of view.people) {
      const source = placeText(place);
      const line = `${path} = ${valueText(value)}`;
      out.row({ path, value, place: source }, why ? `${line}  (${source})` : line);
    }
    out.note(`${view.site}, ${view.environment}.`);
    return 0;
  },
});
