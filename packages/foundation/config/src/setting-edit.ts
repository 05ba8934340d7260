/** Keys and positions that lead to a part of a file; positions count from 0. */
export type SettingPath = readonly (string | number)[];

/** One item of a list that is put in order anew. */
export type ArrangedItem =
  | { readonly type: "kept"; readonly was: number }
  | { readonly type: "new"; readonly value: unknown };

/** One change of a YAML file. `at` is a place in the file as the edits before it leave it. */
export type SettingEdit =
  | { readonly type: "set"; readonly at: SettingPath; readonly value: unknown }
  | { readonly type: "remove"; readonly at: SettingPath }
  /** Of a key: what stands under it stays as it is. */
  | { readonly type: "rename"; readonly at: SettingPath; readonly to: string }
  /** Of a list: what is not named goes. */
  | {
      readonly type: "arrange";
      readonly at: SettingPath;
      readonly items: readonly ArrangedItem[];
    };
