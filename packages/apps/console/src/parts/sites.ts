import type { SiteOverview } from "@trestle/api/contract";
import { createContext, useContext } from "react";

/** The sites of this hub by id; empty until they are known. */
export const SitesContext = createContext<ReadonlyMap<string, SiteOverview>>(new Map());

export function useSite(id: string | undefined): SiteOverview | undefined {
  const sites = useContext(SitesContext);
  return id === undefined ? undefined : sites.get(id);
}

export function useSites(): ReadonlyMap<string, SiteOverview> {
  return useContext(SitesContext);
}
