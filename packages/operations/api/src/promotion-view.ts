import type { PromotionView, WaitingPromotionView } from "./contract/index.ts";
import type { ApiIntegration } from "./dependencies.ts";
import { instantOf } from "./message-view.ts";
import { type Promotion, type WaitingPromotion, groupsOf } from "./promotion.ts";

/** What waits at a site as the API shows it, in counts. */
export function viewWaiting(
  { site, from, to, differences }: WaitingPromotion,
  { sites }: Pick<ApiIntegration, "sites">,
): WaitingPromotionView {
  const title = sites.get(site)?.title ?? site;
  const groups = groupsOf(differences).map((group) => ({ ...group }));
  return { site, title, from, to, count: differences.length, groups };
}

/** An approval as the API shows it. */
export function viewPromotion({
  site,
  cause,
  from,
  to,
  at,
  by,
  reason,
  groups,
}: Promotion): PromotionView {
  return {
    site,
    cause,
    from,
    to,
    at: instantOf(at),
    ...(by !== "" && { by }),
    ...(reason !== "" && { reason }),
    groups: groups.map((group) => ({ ...group })),
  };
}
