import { getRouteApi } from "@tanstack/react-router";
import { FileEditor } from "./file-editor.tsx";
import { FileList } from "./file-list.tsx";

const route = getRouteApi("/settings");

/** The YAML files of the folder; the one that the address names, as a form. */
export function SettingsPage() {
  const { file } = route.useSearch();
  return file === undefined ? <FileList /> : <FileEditor key={file} path={file} />;
}
