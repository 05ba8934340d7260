// What touches files, apart from the rest, which runs in a browser too.

export { replaceFile } from "./io/replace-file.ts";
