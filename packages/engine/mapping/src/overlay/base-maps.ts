// Loads every map of the product; each declares itself as it is loaded.
import "../structure/plan.ts";

export { declaredMaps as baseMaps } from "../rows/define-map.ts";
