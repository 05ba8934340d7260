import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useSearch } from "@tanstack/react-router";
import { routes } from "@trestle/api/contract";
import { useMemo } from "react";
import { call } from "../../api/client.ts";
import type { CodesSearch } from "../../app/search-params.ts";
import type { CodeOfTable } from "./code-key.ts";

const route = getRouteApi("/codes");

/** What the list is narrowed to, as it stands in the address. */
export interface CodeFilter extends Omit<CodesSearch, "open" | "view"> {
  readonly site?: string | undefined;
}

export function useCodeFilter(): CodeFilter {
  const { table, local, order } = route.useSearch();
  const { site } = useSearch({ from: "__root__" });
  return useMemo(() => ({ site, table, local, order }), [site, table, local, order]);
}

/** Codes without a row, by page. Fetched anew with each visit, for counts grow all the time. */
export function useCodes(filter: CodeFilter) {
  const query = useInfiniteQuery({
    queryKey: ["codes", filter],
    queryFn: ({ pageParam: cursor }) =>
      call(routes.listUnmappedCodes, {
        query: { ...filter, cursor, limit: pageRows },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    staleTime: Infinity,
    gcTime: 0,
  });
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return { ...query, items, tables: query.data?.pages[0]?.tables ?? [] };
}

/** One code, also where it has a row by now. */
export function useCode(code: CodeOfTable | undefined) {
  return useQuery({
    queryKey: ["code", code],
    queryFn: async () => {
      const query = { ...code, all: "true" as const, limit: 1 };
      const { items } = await call(routes.listUnmappedCodes, { query });
      return items[0] ?? null;
    },
    enabled: code !== undefined,
  });
}

export function isNarrowed({ site, table, local }: CodeFilter): boolean {
  return site !== undefined || table !== undefined || local !== undefined;
}

const pageRows = 200;
