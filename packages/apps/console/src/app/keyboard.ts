import { spotlight } from "@mantine/spotlight";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { createStore } from "../api/store.ts";
import { places } from "./places.ts";

/** Whether the list of keys is open. */
export const keyHelpStore = createStore(false);

/** The keys that work everywhere: `/`, `?`, `g` and a letter, Escape, Ctrl K. */
export function useGlobalKeys(): void {
  const navigate = useNavigate();
  const router = useRouter();
  useEffect(() => {
    let goUntil = 0;
    const press = (event: KeyboardEvent) => {
      if (isForPalette(event)) {
        event.preventDefault();
        spotlight.toggle();
        return;
      }
      if (!isFree(event)) return;
      const place =
        event.timeStamp < goUntil ? places.find(({ key }) => key === event.key) : undefined;
      goUntil = event.key === "g" ? event.timeStamp + goMs : 0;
      if (place !== undefined) void navigate({ to: place.to });
      else if (event.key === "/") openSearch();
      else if (event.key === "?") keyHelpStore.set(true);
      else if (event.key === "Escape" && listAbove(router.state.location.pathname) !== undefined) {
        if (router.history.canGoBack()) router.history.back();
        else void navigate({ to: listAbove(router.state.location.pathname) ?? "/" });
      } else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [navigate, router]);
}

/** Puts the cursor into the page's own search field, or opens the palette where there is none. */
export function openSearch(): void {
  const field = document.querySelector<HTMLInputElement>("[data-page-search]");
  if (field === null || field.offsetParent === null) spotlight.open();
  else field.focus();
}

/** Whether a key is meant for the page: not for a field, a menu or a dialog, and nobody took it. */
export function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const { target } = event;
  if (!(target instanceof Element)) return true;
  return target.closest("input,textarea,select,[role=menu],[role=dialog],[role=listbox]") === null;
}

function isForPalette(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
}

/** The list that a page belongs to; undefined where it is a list itself. */
function listAbove(path: string): "/messages" | "/patients" | "/sites" | undefined {
  if (path.startsWith("/messages/")) return "/messages";
  if (path.startsWith("/sites/")) return "/sites";
  return path.startsWith("/patients/") ? "/patients" : undefined;
}

const goMs = 1200;
