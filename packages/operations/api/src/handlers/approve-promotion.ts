import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";
import { viewPromotion } from "../promotion-view.ts";

export const approvePromotion: Handler<Routes["approvePromotion"]> = async (
  { caller: { person }, params: { site }, body: { from, to, reason } },
  { access, promotions },
) => {
  const action = "approvePromotion";
  await access.recordAccess({ person, action, subjects: [site], purpose: "", reason });
  const promoted = await promotions.approve({ site, from, to, by: person.name, reason });
  if (promoted.outcome === "approved")
    return { outcome: "approved", promotion: viewPromotion(promoted.promotion) };
  return { outcome: "refused", problems: promoted.problems.map((problem) => ({ ...problem })) };
};
