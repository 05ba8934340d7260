import { routes } from "@trestle/api/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { call } from "./client.ts";
import { queryClient } from "./query-client.ts";

/** The probe that runs at a site, and reports of earlier ones; asked for often while one runs. */
export function useProbes(site: string) {
  return useQuery({
    queryKey: [key, site],
    queryFn: () => call(routes.listProbes, { params: { site } }),
    refetchInterval: ({ state }) => (state.data?.running === undefined ? 15_000 : 500),
  });
}

/** One report. It never changes. */
export function useProbeReport(site: string, probe: string | undefined) {
  return useQuery({
    queryKey: [key, site, probe ?? ""],
    queryFn: () => call(routes.getProbe, { params: { site, probe: probe ?? "" } }),
    enabled: probe !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** How a probe that was begun here ends; asked for until it has. */
export function useProbeEnd(site: string, probe: string | undefined) {
  return useQuery({
    queryKey: [key, site, probe ?? "", "end"],
    queryFn: () => call(routes.getProbe, { params: { site, probe: probe ?? "" } }),
    enabled: probe !== undefined,
    refetchInterval: ({ state }) => (state.data?.running === undefined ? false : 500),
  });
}

export function useStartProbe(site: string) {
  return useMutation({
    mutationFn: (patients: number) =>
      call(routes.startProbe, { params: { site }, body: { ...defaults, patients } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [key, site] }),
  });
}

export function useStopProbe(site: string) {
  return useMutation({
    mutationFn: (probe: string) => call(routes.stopProbe, { params: { site, probe } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [key, site] }),
  });
}

const key = "probes";

/** What the command line has more options for. */
const defaults = routes.startProbe.body.parse({});
