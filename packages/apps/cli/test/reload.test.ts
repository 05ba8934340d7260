import { afterAll, beforeAll, expect, test } from "vitest";
import { type IntegrationFolder, integrationFolder } from "./support/integration-folder.ts";
import { runHub } from "./support/run-hub.ts";
import { type Running, rowsOf, trestle } from "./support/run-trestle.ts";

// A changed folder, from the terminal of who changed it.

let folder: IntegrationFolder;
let hub: Running;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = integrationFolder();
  ({ hub, environment } = await runHub(folder));
});

afterAll(async () => {
  await hub.interrupt();
  folder.remove();
});

const ask = (...words: string[]) => trestle(words, { environment });
const table = "sites/harbor/tables/observation-code.csv";
const head = "local,display,system,code,status,note\n";

test("reload: a bad change ends with 3 and says where; status and configuration repeat it", async () => {
  folder.write(table, `${head}HGB,Hemoglobin,http://loinc.org,718-8,mapped,\n`);
  const ended = await ask("reload");
  expect(ended.code).toBe(3);
  expect(ended.output).toMatch(
    /^Refused \S+Z by Operator: 1 problem\. What was in force stays\.$/mu,
  );
  expect(ended.output).toMatch(
    /^sites\/harbor\/tables\/observation-code\.csv:2:\d+ {2}\S.*\n {2}\S/mu,
  );
  for (const words of [["status"], ["configuration"]]) {
    const said = await ask(...words);
    expect(said).toMatchObject({ code: 3, output: expect.stringContaining(`${table}:2:`) });
  }
});

test("reload: a good change is shown as a diff, and listed with who asked", async () => {
  folder.write(table, `${head}HGB,Hemoglobin,http://loinc.org,718-7,mapped,\n`);
  const ended = await ask("reload", "--reason", "The laboratory has a new code");
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.output).toMatch(
    /^\S+Z {2}h-[0-9a-f]{12} by Operator\n {2}added {4}sites\/harbor\/tables\/observation-code\.csv {2}1 row\n {4}HGB\n {6}\+ http:\/\/loinc\.org 718-7; Hemoglobin\n$/u,
  );
  const again = await ask("reload");
  expect(again.output).toMatch(
    /^Nothing has changed\. Revision h-[0-9a-f]{12} stays in force\.\n$/u,
  );
  expect((await ask("configuration")).output).not.toContain("Hemoglobin");
  expect((await ask("configuration", "--diff")).output).toContain("718-7; Hemoglobin\n");
  const [listed] = rowsOf(await ask("configuration", "--json"));
  expect(listed).toMatchObject({
    items: [{ cause: "request", by: "Operator" }, { cause: "start" }],
  });
  expect(await ask("status")).toMatchObject({ code: 0 });
});
