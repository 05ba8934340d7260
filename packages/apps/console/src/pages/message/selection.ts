import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import { relationOf } from "./place.ts";
import type { ResultResource } from "./result.ts";

const route = getRouteApi("/messages/$messageId");

/** How something is lit: it is meant itself, or it lies around or inside of what is meant. */
export type Light = "same" | "near" | undefined;

/** What is selected and what follows from it. */
export interface Selection {
  /** The field that is selected, or from which the selected value came. */
  readonly at: string | undefined;
  /** The value that is selected. */
  readonly value: string | undefined;
  /** What the pointer is on. */
  readonly hovered: string | undefined;
  readonly lightOfPlace: (at: string) => Light;
  readonly lightOfValue: (path: string, field: string | undefined) => Light;
  readonly selectPlace: (at: string | undefined) => void;
  readonly selectValue: (path: string) => void;
  readonly hover: (at: string | undefined) => void;
}

/** The selection of this page. It stands in the address, so that a link shows the same. */
export function useSelection(resources: readonly ResultResource[]): Selection {
  const { at: chosen, value } = route.useSearch();
  const navigate = route.useNavigate();
  const [hovered, hover] = useState<string>();
  const change = useCallback(
    (part: { at?: string | undefined; value?: string | undefined }) =>
      void navigate({
        search: (search) => ({ ...search, at: part.at, value: part.value }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const at = useMemo(
    () => chosen ?? (value === undefined ? undefined : fieldOf(value, resources)),
    [chosen, value, resources],
  );
  useLetGo(chosen !== undefined || value !== undefined, change);
  return useMemo(
    () => ({
      at,
      value,
      hovered,
      lightOfPlace: (place) => (at === undefined ? undefined : relationOf(place, at)),
      lightOfValue(path, field) {
        if (value !== undefined) return path === value ? "same" : undefined;
        return at === undefined || field === undefined ? undefined : relationOf(field, at);
      },
      selectPlace: (place) => change({ at: place }),
      selectValue: (path) => change({ value: path }),
      hover,
    }),
    [at, value, hovered, change],
  );
}

function fieldOf(path: string, resources: readonly ResultResource[]): string | undefined {
  for (const { leaves } of resources) {
    const leaf = leaves.find((each) => each.path === path);
    if (leaf !== undefined) return leaf.source?.field;
  }
  return undefined;
}

/** Escape lets go of the selection before it leaves the page. */
function useLetGo(isSelected: boolean, change: (part: object) => void): void {
  useEffect(() => {
    if (!isSelected) return undefined;
    const press = (event: KeyboardEvent) => {
      const isInDialog =
        event.target instanceof Element && event.target.closest("[role=dialog],input,textarea");
      if (event.key !== "Escape" || isInDialog || event.defaultPrevented) return;
      event.preventDefault();
      change({});
    };
    document.addEventListener("keydown", press, { capture: true });
    return () => document.removeEventListener("keydown", press, { capture: true });
  }, [isSelected, change]);
}
