import { QueryCache, QueryClient } from "@tanstack/react-query";
import { isSignedOut } from "./client.ts";
import { mayPass } from "./may-pass.ts";
import { purposeStore } from "./purpose.ts";

/** What was fetched is kept for five minutes, so that a page that was seen opens at once. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error, query) {
      const isSession = query.queryKey[0] === sessionKey[0];
      if (isSignedOut(error) && !isSession) {
        void queryClient.invalidateQueries({ queryKey: sessionKey });
      }
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5000,
      gcTime: 300_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && mayPass(error),
      retryDelay: (failures) => Math.min(4000, 500 * 2 ** failures),
    },
    // What was sent may name a patient, and so may the answer: neither outlives what shows it.
    mutations: { gcTime: 1000 },
  },
});

/** What was asked under another purpose is dropped at once: nothing revealed stays behind. */
export function forgetOtherPurposes(): void {
  const purpose = purposeStore.get();
  queryClient.removeQueries({
    predicate: ({ queryKey }) => {
      const last: unknown = queryKey.at(-1);
      if (typeof last !== "object" || last === null || !("purpose" in last)) return false;
      return last.purpose !== undefined && last.purpose !== purpose;
    },
  });
}

export const sessionKey = ["session"] as const;
