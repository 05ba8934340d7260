import { type CallOf, type WhatIfRun, routes } from "@trestle/api/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { call } from "./client.ts";
import { queryClient } from "./query-client.ts";

/** The last comparisons of revisions, newest first, without their results. */
export function useWhatIfs() {
  return useQuery({
    queryKey: whatIfsKey,
    queryFn: () => call(routes.listWhatIfs),
    refetchInterval: ({ state }) =>
      state.data?.items.some((run) => run.state === "running") === true ? 1000 : 15_000,
  });
}

/** One comparison; asked for again and again while it runs. */
export function useWhatIf(whatIfId: string | undefined) {
  return useQuery({
    queryKey: [...whatIfsKey, whatIfId],
    queryFn: () => call(routes.getWhatIf, { params: { whatIfId: whatIfId ?? "" } }),
    enabled: whatIfId !== undefined,
    refetchInterval: ({ state }) => (state.data?.state === "running" ? 1000 : false),
  });
}

export function useStartWhatIf() {
  return useMutation({
    mutationFn: (body: NonNullable<CallOf<typeof routes.startWhatIf>["body"]>) =>
      call(routes.startWhatIf, { body }),
    onSuccess: refresh,
  });
}

export function useStopWhatIf() {
  return useMutation({
    mutationFn: (whatIfId: string) => call(routes.stopWhatIf, { params: { whatIfId } }),
    onSuccess: refresh,
  });
}

function refresh(run: WhatIfRun): Promise<void> {
  queryClient.setQueryData([...whatIfsKey, run.id], run);
  return queryClient.invalidateQueries({ queryKey: whatIfsKey });
}

const whatIfsKey = ["what-ifs"] as const;
