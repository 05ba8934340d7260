import type { ProbeElement, ProbeReport } from "@trestle/api/contract";
import { comparedText, endWords, otherText, permittedWords, shareText } from "./probe-lines.ts";

/** A report as a page that needs nothing else, for management to read and to print. */
export function probeHtml(report: ProbeReport, situation: string): string {
  const { site, environment, sample, server, endedAt, startedBy, revision, end } = report;
  const { requests, before } = report;
  const groups = [group(report, "required"), group(report, "useful")].join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(`Data at ${site}`)}</title>
<style>${style}</style>
</head>
<body>
<header>
<p class="kind">Probe of the data at a site</p>
<h1>${text(site)}, ${text(environment)}</h1>
<p class="situation">${text(situation)}</p>
${server.problem ? `<p class="bad">${text(`${server.problem.text} ${server.problem.hint}`)}</p>` : ""}
</header>
<dl>
<dt>When</dt><dd>${text(endedAt.slice(0, 16).replace("T", " "))} UTC, by ${text(startedBy)}</dd>
<dt>Who was asked about</dt><dd>${text(sample.words)}; ${sample.asked} asked about, ${sample.notFound} not found at the site</dd>
<dt>How it ended</dt><dd>${text(endWords[end])}, after ${requests.made} requests</dd>
<dt>The site</dt><dd>${text(server.software || "did not say what it runs")}, FHIR ${text(server.fhirVersion || "unknown")}</dd>
<dt>What is needed</dt><dd>integration.yaml, revision ${text(revision)}</dd>
${before ? `<dt>Compared with</dt><dd>the report of ${text(before.endedAt.slice(0, 16).replace("T", " "))} UTC, ${text(before.software)}</dd>` : ""}
</dl>
${groups}
<footer>Shares stand with the interval in which the true one lies with 95 % confidence (Wilson; records of one patient count as alike). No patient data is in this report.</footer>
</body>
</html>
`;
}

function group({ elements }: ProbeReport, need: ProbeElement["need"]): string {
  const rows = elements.filter((each) => each.need === need).toSorted(byVerdict);
  if (rows.length === 0) return "";
  const title = need === "required" ? "Required" : "Useful";
  return `<h2>${title}</h2>
<table>
<thead><tr><th>Element</th><th>Verdict</th><th>There</th><th>Permitted</th><th>Filled</th><th>Good</th></tr></thead>
<tbody>${rows.map(rowOf).join("")}</tbody>
</table>
`;
}

function rowOf(element: ProbeElement): string {
  const { name, verdict, exists, permitted, populated, good, findings, minFill } = element;
  const filled = populated.share.of === 0 ? "–" : shareText(populated.share);
  const least = minFill === 0 ? "" : `<br><small>needed ${Math.round(minFill * 100)} %</small>`;
  const notes = [
    ...findings.map(
      (each) => `<li class="${each.severity}">${text(each.text)} <i>${text(each.hint)}</i></li>`,
    ),
    ...element.elsewhere.map((each) => `<li>Else by ${text(otherText(each))}.</li>`),
    ...(element.compared ? [`<li>${text(comparedText(element.compared))}.</li>`] : []),
  ];
  const more =
    notes.length === 0
      ? ""
      : `<tr class="notes"><td colspan="6"><ul>${notes.join("")}</ul></td></tr>`;
  return `<tr><td><code>${text(name)}</code></td><td class="${verdict}">${marks[verdict]}</td><td>${exists}</td><td>${permittedWords[permitted]}</td><td>${text(filled)}${least}</td><td>${good.verdict}</td></tr>${more}
`;
}

/** What needs somebody comes first. */
function byVerdict(one: ProbeElement, other: ProbeElement): number {
  return order.indexOf(one.verdict) - order.indexOf(other.verdict);
}

function text(value: string): string {
  return value.replaceAll(/[&<>"]/gu, (character) => escapes[character] ?? character);
}

const order: readonly ProbeElement["verdict"][] = ["finding", "undecided", "good"];

/** A shape and a word, so that nothing hangs on colour. */
const marks: Readonly<Record<ProbeElement["verdict"], string>> = {
  good: "● good",
  finding: "▲ finding",
  undecided: "○ undecided",
};

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const style = `
body { font: 14px/1.45 system-ui, sans-serif; color: #1b1f24; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
.kind { margin: 0; color: #57606a; } .situation { font-size: 1.1rem; font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { color: #57606a; } dd { margin: 0; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-top: 1px solid #d0d7de; }
th { color: #57606a; font-weight: 600; } code { font-size: .92em; overflow-wrap: anywhere; }
tr.notes td { border-top: 0; padding-top: 0; } ul { margin: 0; padding-left: 1.2rem; }
.finding, li.bad, p.bad { color: #a40e26; } .undecided { color: #7d4e00; } .good { color: #116329; }
footer { margin-top: 2rem; color: #57606a; font-size: .9em; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } tr { break-inside: avoid; } thead { display: table-header-group; } h2 { break-after: avoid; } }
@media (max-width: 40rem) { table, tbody, tr, td { display: block; } thead { display: none; } td { border: 0; padding: .1rem 0; } tr { border-top: 1px solid #d0d7de; padding: .4rem 0; } }
`;
