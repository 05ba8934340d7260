import type { SiteDifference, SiteSource, SiteView } from "@trestle/integration";
import { z } from "zod";
import { UsageError, defineCommand } from "../command.ts";
import { onDemand } from "../io/on-demand.ts";
import { viewSite } from "../io/view-site.ts";
import { type Out, counted } from "../out.ts";
import { placeText, valueText } from "../site-lines.ts";
import { rowLine } from "../table-options.ts";

export const siteDiff = defineCommand({
  name: "site diff",
  summary:
    "Show in what two sites, environments or revisions differ: settings, overlay, profile, code tables.",
  exits3: "when they differ, or one has problems",
  json: "for each setting: kind (setting), path, a and b with value and place; for each row: kind (row), table, change (added, removed or changed), local, a and b with the row.",
  operands: [
    { name: "a", description: "SITE, SITE:ENVIRONMENT, either with @REVISION behind it." },
    { name: "b", description: "Likewise. A revision is a commit, branch or tag." },
  ],
  options: z.strictObject({
    a: z.string({ error: "name two sites." }),
    b: z.string({ error: "name a second site." }),
    config: z.string().default(".").meta({ value: "DIR", description: "The integration folder." }),
  }),
  examples: [
    "trestle site diff lakeshore harbor",
    "trestle site diff lakeshore:nonproduction lakeshore:production",
    "trestle site diff lakeshore@HEAD lakeshore",
  ],
  async run({ a, b, config }, { out }) {
    const [left, right] = [sourceIn(a, config), sourceIn(b, config)];
    const one = await viewSite(left, out);
    const other = await viewSite(right, out);
    if (one === undefined || other === undefined) return 3;
    const { compareSites } = await onDemand.integration();
    const differences = compareSites(one, other);
    for (const difference of differences) show(difference, out);
    const count = counted(differences.length, "difference");
    out.note(`${count} from ${nameOf(one, left)} (-) to ${nameOf(other, right)} (+).`);
    return differences.length === 0 ? 0 : 3;
  },
});

/** @throws {UsageError} where it names no site */
function sourceIn(text: string, directory: string): SiteSource {
  const { site, environment, revision } = form.exec(text)?.groups ?? {};
  if (site === undefined) {
    throw new UsageError(`“${text}” is not SITE, SITE:ENVIRONMENT, SITE@REVISION or both.`);
  }
  if (environment === undefined) return { directory, site, revision };
  if (environment === "production" || environment === "nonproduction") {
    return { directory, site, environment, revision };
  }
  throw new UsageError(`“${environment}” is neither production nor nonproduction.`);
}

const form = /^(?<site>[^:@]+)(?::(?<environment>[^@]+))?(?:@(?<revision>.+))?$/u;

/** Environments that were not named are told, too. */
function nameOf({ site, environment }: SiteView, { revision }: SiteSource): string {
  return `${site}:${environment}${revision === undefined ? "" : `@${revision}`}`;
}

function show(difference: SiteDifference, out: Out): void {
  if (difference.kind === "setting") {
    const { a, b, ...rest } = difference;
    const row = { ...rest, ...(a && { a: placed(a) }), ...(b && { b: placed(b) }) };
    out.row(row, [difference.path, ...lines(a, b, settingText)].join("\n"));
  } else {
    const { table, change, local, a, b } = difference;
    out.row(difference, [`tables/${table} ${local} ${change}`, ...lines(a, b, rowText)].join("\n"));
  }
}

type Side = NonNullable<Extract<SiteDifference, { readonly kind: "setting" }>["a"]>;
type Row = NonNullable<Extract<SiteDifference, { readonly kind: "row" }>["a"]>;

function placed({ value, place }: Side): { readonly value: unknown; readonly place: string } {
  return { value, place: placeText(place) };
}

function lines<T>(a: T | undefined, b: T | undefined, print: (one: T) => string): string[] {
  return [...(a ? [`  - ${print(a)}`] : []), ...(b ? [`  + ${print(b)}`] : [])];
}

function settingText({ value, place }: Side): string {
  return `${valueText(value)}  (${placeText(place)})`;
}

/** All of a row, for any cell may be what differs. */
function rowText({ from, until, note, ...row }: Row): string {
  const days = [from && `from ${from}`, until && `until ${until}`, note];
  return [rowLine(row), ...days.filter(Boolean)].join("; ");
}
