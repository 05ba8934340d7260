import { type Socket, connect } from "node:net";
import { parseArgs } from "node:util";

/**
 * Sends messages over MLLP, one in flight on each connection, and prints what it measured as JSON.
 * A process of its own, so that it shares nothing with the server under test but the machine.
 */
const { values } = parseArgs({
  options: {
    port: { type: "string" },
    connections: { type: "string", default: "16" },
    seconds: { type: "string", default: "5" },
    rate: { type: "string", default: "0" },
    prefix: { type: "string", default: "L" },
  },
});

const seconds = Number(values.seconds);
const connections = Number(values.connections);
const intervalMs = Number(values.rate) === 0 ? 0 : (connections / Number(values.rate)) * 1000;
const latencies: number[] = [];
let refused = 0;
let sent = 0;

const end = performance.now() + seconds * 1000;
const started = performance.now();
await Promise.all(Array.from({ length: connections }, (_, index) => sendOn(index)));
const elapsed = (performance.now() - started) / 1000;
const sorted = latencies.toSorted((a, b) => a - b);
const at = (share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
process.stdout.write(
  `${JSON.stringify({ sent, refused, seconds: elapsed, rate: sent / elapsed, p50: at(0.5), p99: at(0.99), max: at(1) })}\n`,
);

async function sendOn(index: number): Promise<void> {
  const socket = await open();
  let due = performance.now() + (intervalMs * index) / connections;
  while (performance.now() < end) {
    if (intervalMs > 0) {
      const wait = due - performance.now();
      if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
      due += intervalMs;
    }
    sent += 1;
    const before = performance.now();
    const answer = await exchange(socket, message(index));
    latencies.push(performance.now() - before);
    if (!answer.includes("MSA|AA")) refused += 1;
  }
  socket.destroy();
}

function exchange(socket: Socket, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const onData = (chunk: Buffer) => {
      answer += chunk.toString("latin1");
      if (!answer.endsWith("\u001C\r")) return;
      socket.off("data", onData);
      socket.off("close", onClose);
      resolve(answer);
    };
    const onClose = () => reject(new Error("the server closed the connection"));
    socket.on("data", onData);
    socket.once("close", onClose);
    socket.write(`\u000B${text}\u001C\r`);
  });
}

function open(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(values.port), host: "127.0.0.1", noDelay: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });
}

/**
 * An update of 1.4 KB. Each of 5,000 patients has a name, an address, a provider and a clinic that
 * stay; the visit's times move on, as they do in a hospital's feed.
 */
function message(index: number): string {
  const number = (sent * 7919) % 5000;
  const patient = 900_000 + number;
  const provider = 1000 + (number % 60);
  const minute = String(sent % 60).padStart(2, "0");
  const xcn = `${provider}^STRUT^OLA^M^^^^^PROVID^^^^PROVID~1999999984^STRUT^OLA^M^^^^^NPI^^^^NPI`;
  return [
    `MSH|^~\\&|EHR|HH|TRESTLE|TRESTLE|20260115103015|39248|ADT^A08^ADT_A01|${values.prefix}${index}-${sent}|T|2.5.1`,
    `EVN|A08|2026011510${minute}15||REG_UPDATE|39248^GIRDER^KIM^^^^^^HH^^^^^10101`,
    `PID|1||E${patient}^^^EPI^EPI~${patient}^^^HH^MR||BEAM^ADA^TEST^^^^L||19800115|F||WHITE|${number % 90} TEST ST^^MADISON^WI^53703^USA^P^^DANE|DANE|(555)555-0100^P^PH^^^555^5550100~^NET^Internet^a@example.com||ENGLISH|MARRIED||7${patient}||||NOT HISPANIC||||||||N`,
    `PD1|||TEST CLINIC^^10101|${provider}^STRUT^OLA^M^^^^^PROVID`,
    `ROL|1|UP|PP|${xcn}|20200101`,
    "NK1|1|BEAM^BO|Spouse||(555)555-0101^^PH^^^555^5550101||Emergency Contact 1",
    "NK1|2|BEAM^CY|Parent||(555)555-0102^^PH^^^555^5550102||Emergency Contact 2",
    `PV1|1|O|TCLIN^^^HH^^^^^TEST CLINIC^^10101||||${xcn}|||Internal Me||||||||O|7${patient}|||||||||||||||||||||||||2026011509${minute}00||||||7${patient}`,
    "PV2||||||||||||Office Visit",
    "AL1|1|DRUG INGREDI|1234^PENICILLINS||Hives",
    "AL1|2|FOOD|1235^PEANUTS||Swelling",
    "GT1|1|800001|BEAM^ADA^TEST||1 TEST ST^^MADISON^WI^53703^USA^P",
    "IN1|1|100100^TEST PLAN|1001|TEST PAYER|PO BOX 1^^MADISON^WI^53703|||||||20250101|20261231",
    "ZPD||MYCH||ACTIVATED",
    "",
  ].join("\r");
}
