import type { Mapper } from "../mapping.ts";
import type { NamedTransform, Transform } from "./transform.ts";
import { transformedMapper } from "./transformed-mapper.ts";

/** A mapper with the transforms of these names around it, in their order. */
export function mapperWith(
  mapper: Mapper,
  {
    channel,
    names,
    transforms,
  }: {
    channel: string;
    names: readonly string[];
    transforms: ReadonlyMap<string, Transform>;
  },
): Mapper {
  const named = names.flatMap((name): NamedTransform[] => {
    const transform = transforms.get(name);
    return transform === undefined ? [] : [{ name, transform }];
  });
  return transformedMapper(mapper, { channel, transforms: named });
}
