import type { Session } from "@trestle/api/contract";
import { Outlet, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { followEvents, onHappening } from "../api/events.ts";
import { purposeStore } from "../api/purpose.ts";
import { refreshDeliveries, useOverview } from "../api/queries.ts";
import { forgetOtherPurposes } from "../api/query-client.ts";
import { setHubTime } from "../parts/clock.ts";
import { DecideDialog } from "../parts/decide.tsx";
import { SitesContext } from "../parts/sites.ts";
import { ConnectionBanner } from "./connection.tsx";
import styles from "./frame.module.css";
import { KeyHelp } from "./key-help.tsx";
import { useGlobalKeys } from "./keyboard.ts";
import { Palette } from "./palette.tsx";
import { Rail } from "./rail.tsx";
import { TopBar } from "./top-bar.tsx";

/** Rail, top bar and the page; live as long as somebody is signed in. */
export function Frame({ session }: { session: Session }) {
  const { sites, isProduction } = useSitesOf();
  useLiveData();
  useGlobalKeys();
  return (
    <SitesContext value={sites}>
      <div className={styles["frame"]} data-production={isProduction || undefined}>
        <a href="#main" className={styles["skip"]}>
          Skip to the page
        </a>
        <TopBar session={session} />
        <Rail />
        <main id="main" tabIndex={-1} className={styles["main"]} data-main>
          <ConnectionBanner />
          <Outlet />
        </main>
      </div>
      <Palette />
      <KeyHelp />
      <DecideDialog />
    </SitesContext>
  );
}

/** The sites by id, and whether what is looked at has production in it. */
function useSitesOf() {
  const { data } = useOverview(60);
  const { site: chosen } = useSearch({ from: "__root__" });
  useEffect(() => {
    if (data !== undefined) setHubTime(Date.parse(data.now));
  }, [data]);
  const sites = useMemo(() => new Map(data?.sites.map((site) => [site.id, site])), [data?.sites]);
  const seen = [...sites.values()].filter(({ id }) => chosen === undefined || id === chosen);
  return { sites, isProduction: seen.some(({ environment }) => environment === "production") };
}

function useLiveData(): void {
  useEffect(() => {
    const ends = [
      followEvents(),
      onHappening("changed", () => void refreshDeliveries()),
      purposeStore.subscribe(forgetOtherPurposes),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, []);
}
