import type { Received } from "./hospital.ts";

/**
 * Reads messages as a clinician would, from the wire alone, and says what cannot be: a discharge of
 * nobody, a result that nobody ordered, a word of a chart that was merged away.
 */
export function impossibilities(messages: readonly Received[]): string[] {
  const charts = new Map<string, Chart>();
  const complaints: string[] = [];
  let last = 0;
  for (const received of messages) {
    const complain = (what: string) =>
      complaints.push(`${received.controlId} ${received.type}: ${what}`);
    if (received.at < last) complain("earlier than the one before");
    last = received.at;
    const number = recordNumber(received, "PID-3");
    let chart = charts.get(number);
    if (chart === undefined) {
      if (received.type !== "ADT^A28") complain("nobody registered this patient");
      chart = newChart();
      charts.set(number, chart);
    }
    if (chart.isGone) complain("the chart was merged away");
    const wrong = rules[received.type]?.(chart, received);
    if (wrong !== undefined) complain(wrong);
    if (received.type === "ADT^A40") {
      const gone = charts.get(recordNumber(received, "MRG-1"));
      if (gone === undefined || gone.isGone) complain("there is no such chart to merge");
      else gone.isGone = true;
    }
  }
  return complaints;
}

interface Visit {
  readonly csn: string;
  isInpatient: boolean;
  isOpen: boolean;
}

interface Chart {
  isGone: boolean;
  visit: Visit | undefined;
  /** Orders without a result. */
  readonly orders: Set<string>;
  /** Bookings that nothing has ended yet. */
  readonly bookings: Map<string, { startsAt: string; isArrived: boolean }>;
}

/** Undefined where the message can be. */
type Rule = (chart: Chart, received: Received) => string | undefined;

function newChart(): Chart {
  return { isGone: false, visit: undefined, orders: new Set(), bookings: new Map() };
}

const duringVisit: Rule = ({ visit }, { message }) =>
  visit?.isOpen === true && visit.csn === message.get("PV1-19") ? undefined : "no such open visit";

const begin: Rule = (chart, { message }) => {
  if (chart.visit?.isOpen === true) return "another visit is open";
  const csn = message.get("PV1-19") ?? "";
  const isInpatient = message.get("PV1-2") === "I";
  const booking = chart.bookings.get(csn);
  if (booking !== undefined && !booking.isArrived) return "booked, but not arrived";
  if (booking !== undefined && (message.get("PV1-44") ?? "") < booking.startsAt) return "too early";
  if (booking === undefined && message.get("PV1-2") === "O") return "nothing was booked";
  chart.bookings.delete(csn);
  chart.visit = { csn, isInpatient, isOpen: true };
  return undefined;
};

const rules: Readonly<Record<string, Rule>> = {
  "ADT^A01": (chart, received) => {
    const { visit } = chart;
    if (visit?.isOpen !== true) return begin(chart, received);
    if (visit.isInpatient) return "admitted already";
    visit.isInpatient = true;
    return duringVisit(chart, received);
  },
  "ADT^A02": (chart, received) =>
    chart.visit?.isInpatient === true ? duringVisit(chart, received) : "not admitted",
  "ADT^A03": (chart, received) => {
    const wrong = duringVisit(chart, received);
    if (chart.visit !== undefined) chart.visit.isOpen = false;
    return wrong ?? (received.message.get("PV1-45") === undefined ? "no end" : undefined);
  },
  "ADT^A04": begin,
  "ADT^A08": duringVisit,
  "ADT^A11": (chart, received) => {
    const wrong = duringVisit(chart, received);
    if (chart.visit !== undefined) chart.visit.isOpen = false;
    return wrong;
  },
  "ADT^A13": ({ visit }, { message }) => {
    if (visit?.csn !== message.get("PV1-19") || visit?.isOpen !== false) return "not discharged";
    visit.isOpen = true;
    return message.get("PV1-45") === undefined ? undefined : "it still has an end";
  },
  "ORM^O01": (chart, received) => {
    chart.orders.add(received.message.get("ORC-2") ?? "");
    return duringVisit(chart, received);
  },
  "ORU^R01": (chart, received) => {
    if (received.message.get("OBR-4") === "FLO") return duringVisit(chart, received);
    return chart.orders.delete(received.message.get("ORC-2") ?? "") ? undefined : "nobody ordered";
  },
  "RAS^O17": duringVisit,
  "MDM^T02": duringVisit,
  "SIU^S12": ({ bookings }, { message }) => {
    bookings.set(message.get("SCH-1") ?? "", {
      startsAt: message.get("SCH-11.4") ?? "",
      isArrived: false,
    });
    return undefined;
  },
  "SIU^S13": changeBooking(false),
  "SIU^S14": changeBooking(false),
  "SIU^S15": changeBooking(true),
  "SIU^S26": changeBooking(true),
};

function changeBooking(isOver: boolean): Rule {
  return ({ bookings }, { message }) => {
    const id = message.get("SCH-1") ?? "";
    const booking = bookings.get(id);
    if (booking === undefined || booking.isArrived) return "no such booking";
    booking.startsAt = message.get("SCH-11.4") ?? "";
    booking.isArrived = message.get("SCH-25") === "Arrived";
    if (isOver) bookings.delete(id);
    return undefined;
  };
}

function recordNumber({ message }: Received, field: string): string {
  return message.get(`${field}[1]`) ?? "";
}
