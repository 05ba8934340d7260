import type { IconName } from "../parts/icon.tsx";

/** A page that the rail, the palette and the keys `g …` lead to. */
export interface Place {
  readonly to:
    | "/"
    | "/messages"
    | "/patients"
    | "/sites"
    | "/codes"
    | "/what-if"
    | "/deliveries"
    | "/configuration";
  readonly title: string;
  readonly icon: IconName;
  /** After `g`. */
  readonly key: string;
  /** Whether a phone, which has room for five, shows it behind "More". */
  readonly isBehindMore?: boolean;
}

export const places: readonly Place[] = [
  { to: "/", title: "Overview", icon: "overview", key: "o" },
  { to: "/messages", title: "Messages", icon: "messages", key: "m" },
  { to: "/patients", title: "Patients", icon: "patients", key: "p" },
  { to: "/sites", title: "Sites", icon: "sites", key: "s" },
  { to: "/codes", title: "Codes", icon: "codes", key: "c", isBehindMore: true },
  { to: "/what-if", title: "What-if", icon: "replay", key: "w", isBehindMore: true },
  { to: "/deliveries", title: "Deliveries", icon: "deliveries", key: "d" },
  {
    to: "/configuration",
    title: "Configuration",
    icon: "configuration",
    key: "v",
    isBehindMore: true,
  },
];
