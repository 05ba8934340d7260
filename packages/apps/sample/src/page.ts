/** The page of the sample application: what came, newest first, asked for once a second. */
export const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sample application</title>
<style>
  :root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
  body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 1.25rem; margin: 0; }
  table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
  th, td { text-align: left; padding: 0.3rem 1rem 0.3rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
  td { white-space: nowrap; }
  td:last-child { white-space: normal; }
</style>
<h1>Sample application</h1>
<p id="state" role="status">Waiting for the first result …</p>
<p>It stands for your own: the hub sends it each result as a FHIR Bundle to <code>POST /trestle</code>. Stop it, and the hub keeps what it owes.</p>
<table>
  <thead><tr><th>Time</th><th>Message</th><th>Site</th><th>What came</th></tr></thead>
  <tbody id="rows"></tbody>
</table>
<script>
  async function refresh() {
    try {
      const { received, repeats, newest } = await (await fetch("/arrivals")).json();
      if (received > 0) {
        document.getElementById("state").textContent =
          received + " results received, " + repeats + " repeats dropped by their key.";
      }
      document.getElementById("rows").replaceChildren(...newest.map(row));
    } catch {
      document.getElementById("state").textContent = "The application does not answer.";
    }
    setTimeout(refresh, 1000);
  }
  function row(arrival) {
    const tr = document.createElement("tr");
    const type = arrival.type + (arrival.isReplay ? " (replay)" : "");
    for (const text of [new Date(arrival.at).toLocaleTimeString(), type, arrival.site, arrival.summary]) {
      tr.append(Object.assign(document.createElement("td"), { textContent: text }));
    }
    return tr;
  }
  refresh();
</script>
</html>
`;
