import type { FhirResource } from "../index.ts";

/** Name of a resource type of R4. */
export type ResourceType = FhirResource["resourceType"];

/** The resource of a type. */
export type ResourceOf<T extends ResourceType> = Extract<FhirResource, { resourceType: T }>;
