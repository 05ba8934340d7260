import type { DestinationOverview, Health, Overview, SiteOverview } from "./contract/index.ts";
import type { Readiness } from "./dependencies.ts";
import { worst } from "./health.ts";

/** Something that a person should know. */
interface Finding {
  readonly state: Health;
  readonly text: string;
}

/**
 * The situation as one state and one sentence: what is wrong first, then what waits for approval, else
 * that all is well and when the last message came. What waits is never told in the place of what is
 * wrong, however little that is.
 */
export function situation(
  facts: Omit<Overview, "state" | "sentence">,
  { now, minutes, readiness }: { now: number; minutes: number; readiness: Readiness },
): Pick<Overview, "state" | "sentence"> {
  const wrong = [
    ...readinessFindings(readiness),
    ...facts.destinations.flatMap((destination) => destinationFindings(destination, now)),
    ...facts.sites.flatMap((site) => siteFindings(site)),
    ...backlogFindings(facts.backlog),
    ...configurationFindings(facts),
  ];
  const waiting = facts.sites.filter(({ waitingDifferences }) => waitingDifferences !== undefined);
  if (wrong.length > 0) {
    const state = worst(wrong.map((finding) => finding.state));
    return { state, sentence: sentenceOf(wrong, { state, more: waiting.length }) };
  }
  if (waiting.length > 0) {
    return { state: "held", sentence: approvalSentence(waiting, lastText(facts.sites, now)) };
  }
  const state = worst(facts.sites.map((site) => site.state));
  return { state, sentence: calmSentence(facts.sites, { now, minutes }) };
}

/** `4 s`, `12 min`, `3 h`, `5 d`: rounded down, from milliseconds. */
function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** A number with thousands parted: 1,204. */
function count(number: number): string {
  return number.toLocaleString("en-US");
}

function readinessFindings({ ready, reasons }: Readiness): Finding[] {
  if (ready) return [];
  const why = reasons.length === 0 ? "no reason is known" : reasons.join(" ");
  return [{ state: "bad", text: `Not ready: ${why}` }];
}

function destinationFindings(destination: DestinationOverview, now: number): Finding[] {
  const { id, state, queued, held, retries, oldestAt } = destination;
  const since =
    oldestAt === undefined ? "" : `, the oldest for ${duration(now - Date.parse(oldestAt))}`;
  const find = (text: string): Finding[] => [{ state, text: `${id}: ${text}.` }];
  if (state === "bad") return find(`nothing gets through; ${waiting(queued)}${since}`);
  if (state === "held") return find(`${count(held)} held until a person decides`);
  if (state !== "warning") return [];
  return queued === 0 ? find(`${tries(retries)} failed`) : find(`${waiting(queued)}${since}`);
}

function siteFindings({ title, channels }: SiteOverview): Finding[] {
  return channels
    .filter(({ state }) => state === "bad" || state === "warning")
    .map(({ id, state, errors }) => ({
      state,
      text: `${title}: ${count(errors)} ${errors === 1 ? "message" : "messages"} of ${id} refused or failed.`,
    }));
}

/** More than this many entries means that processing does not keep up, not that it is at work. */
const behindEntries = 10_000;

function configurationFindings({
  refused,
  revision,
}: Pick<Overview, "refused" | "revision">): Finding[] {
  if (refused === undefined) return [];
  const problems = refused.count === 1 ? "1 problem" : `${count(refused.count)} problems`;
  const text = `The changed configuration has ${problems} and was not taken; revision ${revision} stays in force.`;
  return [{ state: "warning", text }];
}

function backlogFindings(backlog: number): Finding[] {
  if (backlog < behindEntries) return [];
  return [{ state: "warning", text: `${count(backlog)} messages wait to be processed.` }];
}

function sentenceOf(
  findings: readonly Finding[],
  { state, more }: { state: Health; more: number },
): string {
  const first = findings.find((finding) => finding.state === state)?.text ?? "";
  const others = findings.length - 1 + more;
  if (others === 0) return first;
  return `${first} ${others === 1 ? "One more thing needs" : `${others} more things need`} a look.`;
}

function approvalSentence(waiting: readonly SiteOverview[], last: string | undefined): string {
  const of = waiting.length === 1 ? waiting[0]?.title : `${waiting.length} sites`;
  return `Production of ${of} waits for approval; ${last ?? "no message yet"}.`;
}

/** `last message 4 s ago`; undefined where none came yet. */
function lastText(sites: readonly SiteOverview[], now: number): string | undefined {
  const heard = sites.flatMap(({ lastAt }) => (lastAt === undefined ? [] : [Date.parse(lastAt)]));
  return heard.length === 0 ? undefined : `last message ${duration(now - Math.max(...heard))} ago`;
}

function calmSentence(
  sites: readonly SiteOverview[],
  { now, minutes }: { now: number; minutes: number },
): string {
  if (sites.length === 0) return "No site is set up yet.";
  const text = lastText(sites, now);
  if (text === undefined) return `No message yet. ${sitesOf(sites.length)} set up.`;
  const last = `L${text.slice(1)}.`;
  const silent = sites.filter(({ state }) => state === "neutral");
  if (silent.length === sites.length) return `Silent for ${duration(minutes * 60_000)}. ${last}`;
  if (silent.length > 0) return `${silent[0]?.title}: silent. The others are healthy. ${last}`;
  if (sites.length === 1) return `${sites[0]?.title} is healthy. ${last}`;
  return `${sites.length === 2 ? "Both" : `All ${sites.length}`} sites healthy. ${last}`;
}

function sitesOf(number: number): string {
  return number === 1 ? "One site is" : `${number} sites are`;
}

function waiting(queued: number): string {
  return queued === 1 ? "1 delivery waits" : `${count(queued)} deliveries wait`;
}

function tries(retries: number): string {
  return retries === 1 ? "1 try" : `${count(retries)} tries`;
}
