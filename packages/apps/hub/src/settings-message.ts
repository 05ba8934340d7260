import type { SettingsChanged } from "@trestle/api";

/** What a commit of edits says: which file, why, and which settings; never their values. */
export function settingsMessage({ path, edits, note }: SettingsChanged): string {
  const lines = edits.map(({ type, at }) => `${verbs[type]} ${at.join(".")}`);
  const shown = [...new Set(lines)];
  const rest = shown.length - mostShown;
  return [
    `Change settings in ${path}`,
    "",
    ...(note === "" ? [] : [note, ""]),
    ...shown.slice(0, mostShown),
    ...(rest > 0 ? [`and ${rest} more`] : []),
    "",
  ].join("\n");
}

const verbs = { set: "Set", remove: "Remove", rename: "Rename", arrange: "Arrange" } as const;
const mostShown = 50;
