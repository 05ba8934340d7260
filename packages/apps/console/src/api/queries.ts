import { type CodeDecision, routes } from "@trestle/api/contract";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { call } from "./client.ts";
import { purposeStore, usePurpose } from "./purpose.ts";
import { queryClient, sessionKey } from "./query-client.ts";

/** Who is signed in. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: () => call(routes.getSession),
    staleTime: 60_000,
  });
}

/** @param minutes Length of the window, from 5 to 1440. */
export function useOverview(minutes: number) {
  return useQuery({
    queryKey: [...overviewKey, minutes],
    queryFn: () => call(routes.getOverview, { query: { minutes } }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
}

export function useMessage(messageId: string) {
  const purpose = usePurpose();
  return useQuery({
    queryKey: [...messageKey, messageId, { purpose }],
    queryFn: () => call(routes.getMessage, { params: { messageId } }),
  });
}

/** What the message maps to under the running revision, and from where each value came. */
export function useExplanation(messageId: string) {
  const purpose = usePurpose();
  return useQuery({
    queryKey: ["explanation", messageId, { purpose }],
    queryFn: () => call(routes.explainMessage, { params: { messageId } }),
    staleTime: 60_000,
  });
}

export function usePatient(patientId: string) {
  const purpose = usePurpose();
  return useQuery({
    queryKey: ["patient", patientId, { purpose }],
    queryFn: () => call(routes.getPatient, { params: { patientId } }),
  });
}

/** Sites that answer over FHIR, and how they did lately. */
export function useFhirSites() {
  return useQuery({
    queryKey: fhirSitesKey,
    queryFn: () => call(routes.listSitesFhir),
    refetchInterval: 15_000,
  });
}

/** What one site can, what is granted there, and how it answers. */
export function useFhirSite(site: string) {
  return useQuery({
    queryKey: [...fhirSitesKey, site],
    queryFn: () => call(routes.getSiteFhir, { params: { site } }),
    refetchInterval: 15_000,
  });
}

/** The revision in force, what is refused, what waits, and the last changes. */
export function useConfiguration() {
  return useQuery({
    queryKey: configurationKey,
    queryFn: () => call(routes.getConfiguration),
    refetchInterval: 5000,
  });
}

/** Has the hub read its folder again. */
export function useReload() {
  return useMutation({
    mutationFn: () => call(routes.reloadConfiguration, { body: {} }),
    onSettled: refreshConfiguration,
  });
}

/** What production of a site does by approval, and what waits for one. */
export function usePromotion(site: string) {
  return useQuery({
    queryKey: [...configurationKey, site],
    queryFn: () => call(routes.getPromotion, { params: { site } }),
    refetchInterval: 5000,
  });
}

/** Approves the very diff that was shown. */
export function useApprove(site: string) {
  return useMutation({
    mutationFn: (body: { from: string; to: string; reason: string }) =>
      call(routes.approvePromotion, { params: { site }, body }),
    onSettled: refreshConfiguration,
  });
}

async function refreshConfiguration(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: configurationKey });
}

/** Asks a site as the application would. An answer is dropped as soon as the purpose is another. */
export function useFhirQuery(site: string) {
  const ask = useMutation({
    mutationFn: (query: string) =>
      call(routes.querySiteFhir, { params: { site }, body: { query } }),
    onSettled() {
      // Not waited for: a site that is away would keep the answer from who asked.
      void queryClient.invalidateQueries({ queryKey: [...fhirSitesKey, site] });
    },
  });
  const { reset } = ask;
  useEffect(() => purposeStore.subscribe(reset), [reset]);
  return ask;
}

/** Of each table of a site, which codes are used, unused and without a row. */
export function useCoverage(site: string) {
  return useQuery({
    queryKey: ["coverage", site],
    queryFn: () => call(routes.getTableCoverage, { params: { site } }),
  });
}

/** The first rows of a site's table that no message used. */
export function useUnusedRows(site: string, table: string) {
  return useQuery({
    queryKey: ["unusedRows", site, table],
    queryFn: () =>
      call(routes.listTableRows, { params: { site, table }, query: { use: "unused", limit: 500 } }),
  });
}

/** What a local code may mean; `display` is its name where somebody knows it. */
export function useSuggestions({ site, table, local, display }: CodeAndName) {
  return useQuery({
    queryKey: ["suggestions", site, table, local, display],
    queryFn: () =>
      call(routes.suggestCodes, {
        query: { site, table, local, ...(display === "" ? {} : { display }) },
      }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

export interface CodeAndName {
  readonly site: string;
  readonly table: string;
  readonly local: string;
  readonly display: string;
}

/** Makes a change set of decisions: a patch, or a commit. */
export function useCodeChangeSet() {
  return useMutation({
    mutationFn: (body: { decisions: CodeDecision[]; as: "patch" | "commit" }) =>
      call(routes.decideCodes, { body }),
  });
}

export function useReplay(messageId: string) {
  return useMutation({
    mutationFn: (reason: string) =>
      call(routes.replayMessage, { params: { messageId }, body: { reason } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [...messageKey, messageId] }),
  });
}

export interface Decision {
  readonly deliveryId: string;
  readonly decision: "retry" | "cancel";
  readonly reason: string;
}

/** Decides a delivery that is held or waits. */
export function useDecide() {
  return useMutation({
    mutationFn: ({ deliveryId, decision, reason }: Decision) =>
      call(routes.decideDelivery, { params: { deliveryId }, body: { decision, reason } }),
    onSuccess: refreshDeliveries,
  });
}

/** Asks again for all that deliveries and counts appear in. */
export async function refreshDeliveries(): Promise<void> {
  await Promise.all(
    [overviewKey, deliveriesKey, messageKey].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );
}

export function useSignIn() {
  return useMutation({
    mutationFn: (body: { token: string; name: string }) => call(routes.signIn, { body }),
    onSuccess: (session) => queryClient.setQueryData(sessionKey, session),
  });
}

/** Nothing that was fetched survives the session. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => call(routes.signOut),
    onSuccess: () => {
      queryClient.clear();
      location.assign("/");
    },
  });
}

export function useInvite() {
  return useMutation({ mutationFn: () => call(routes.inviteAdministrator) });
}

const configurationKey = ["configuration"] as const;
const fhirSitesKey = ["fhir-sites"] as const;
const overviewKey = ["overview"] as const;
export const deliveriesKey = ["deliveries"] as const;
const messageKey = ["message"] as const;
