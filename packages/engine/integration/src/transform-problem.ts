import type { ConfigProblem } from "@trestle/config";
import type { TransformFailure } from "@trestle/mapping";

/** Says what is wrong with a file under transforms/. */
export function transformProblem({ name, reason }: TransformFailure): ConfigProblem {
  const file = { file: `transforms/${name}.ts`, line: 1, column: 1 };
  if (reason === undefined) return { ...file, ...noTransform };
  return {
    ...file,
    code: "integration.transformNotLoaded",
    text: `The transform cannot be loaded: ${reason}`,
    hint: "Node runs it as it is: types are stripped, so no enums, and imports name files with their ending.",
  };
}

const noTransform = {
  code: "integration.noTransform",
  text: "The file does not export `transform` with a function `before`, `after`, or both.",
  hint: 'Write `import type { Transform } from "@trestle/mapping"` and `export const transform: Transform = { after(bundle) { … } }`.',
};
