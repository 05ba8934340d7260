import type { Session } from "@trestle/api/contract";
import { Link } from "@tanstack/react-router";
import { Icon } from "../parts/icon.tsx";
import { ConnectionDot } from "./connection.tsx";
import styles from "./frame.module.css";
import { openSearch } from "./keyboard.ts";
import { PersonMenu } from "./person-menu.tsx";
import { PurposeSwitch } from "./purpose-switch.tsx";
import { SiteSwitch } from "./site-switch.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

export function TopBar({ session }: { session: Session }) {
  return (
    <header className={styles["top"]}>
      <Link to="/" className={styles["brand"]}>
        Trestle
      </Link>
      <SiteSwitch />
      <button
        type="button"
        className={styles["bar"]}
        onClick={openSearch}
        aria-label="Search"
        aria-keyshortcuts="/ Control+K"
      >
        <Icon name="search" />
        <span className={styles["wide"]}>Search</span>
        <kbd className={styles["wide"]}>/</kbd>
      </button>
      <span className={styles["spacer"]} />
      {session.masksUntilPurpose ? <PurposeSwitch /> : null}
      <ConnectionDot />
      <ThemeSwitch />
      <PersonMenu session={session} />
    </header>
  );
}
