/** Gives a patch to the person as a file. */
export function save({ text, name }: { readonly text: string; readonly name: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/x-diff" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
