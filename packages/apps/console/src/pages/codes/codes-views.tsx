import { SegmentedControl } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";

const route = getRouteApi("/codes");

/** Changes between the codes that tables lack and what they cover. */
export function CodesViews({ view }: { view: "unmapped" | "coverage" }) {
  const navigate = route.useNavigate();
  return (
    <SegmentedControl
      aria-label="View"
      size="xs"
      data={[
        { value: "unmapped", label: "Without a row" },
        { value: "coverage", label: "Coverage" },
      ]}
      value={view}
      onChange={(chosen) =>
        void navigate({ search: chosen === "coverage" ? { view: "coverage" } : {} })
      }
    />
  );
}
