import { type SettingEdit, routes } from "@trestle/api/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { call } from "./client.ts";

/** The YAML files of the folder, and those that it may have. */
export function useSettingsFiles() {
  return useQuery({ queryKey: listKey, queryFn: () => call(routes.listSettingsFiles) });
}

/** What a file says as it lies in the folder, and its schema. */
export function useSettingsFile(path: string) {
  return useQuery({
    queryKey: [...contentKey, path],
    queryFn: () => call(routes.getSettingsFile, { query: { path } }),
    // What is being edited is not exchanged under the person's hands.
    staleTime: Infinity,
    gcTime: 0,
  });
}

export interface SettingsChange {
  readonly path: string;
  readonly hash: string;
  readonly edits: SettingEdit[];
  readonly note: string;
  readonly as: "patch" | "commit";
}

/** Makes a change set of edits: a patch, or a commit. */
export function useSettingsChangeSet() {
  return useMutation({
    mutationFn: (body: SettingsChange) => call(routes.changeSettingsFile, { body }),
  });
}

const listKey = ["settings-files"] as const;
const contentKey = ["settings-file"] as const;
