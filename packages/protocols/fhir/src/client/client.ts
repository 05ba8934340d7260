import type { CapabilityStatement, FhirResource } from "../index.ts";
import type { SearchParameters } from "./addresses.ts";
import type { Aliases } from "./aliases.ts";
import { type BinaryOptions, type Document, binary } from "./binaries.ts";
import { capabilities } from "./capabilities.ts";
import { type CreateOnceOptions, type CreatedOnce, createOnce } from "./create-once.ts";
import type { ExportState } from "./export-state.ts";
import { type Exported, exported } from "./exported.ts";
import {
  type AwaitOptions,
  type ExportRequest,
  awaitExport,
  cancelExport,
  startExport,
} from "./exporting.ts";
import { type Operated, type Operation, operate } from "./operating.ts";
import { type ReadOptions, type ReadOutcome, read, readMany, readReference } from "./reading.ts";
import type { ResourceOf, ResourceType } from "./resources.ts";
import type { Search } from "./search.ts";
import { type SearchOptions, count, search } from "./searching.ts";
import type { CallOptions, Site } from "./site.ts";
import { type CreateOptions, type UpdateOptions, type Written, create, update } from "./writing.ts";

/**
 * A client of one FHIR R4 server. Every failure is a `TrestleError` of the package's table, and every
 * call can be ended by its signal.
 */
export class FhirClient {
  readonly #site: Site;
  readonly #close: () => Promise<void>;

  constructor(site: Site, close: () => Promise<void>) {
    this.#site = site;
    this.#close = close;
  }

  /** Merged patients that are known. */
  get aliases(): Aliases {
    return this.#site.aliases;
  }

  /** Reads a resource. A merged patient is followed: look at the id of what comes. */
  read<T extends ResourceType>(type: T, id: string, options?: ReadOptions): Promise<ResourceOf<T>> {
    return read(this.#site, { type, id }, options);
  }

  /** Reads what a reference to this server names, such as `Patient/1`. */
  readReference(reference: string, options?: ReadOptions): Promise<FhirResource> {
    return readReference(this.#site, reference, options);
  }

  /** Reads many, side by side, in their order; one that fails does not end the others. */
  readMany(
    references: Iterable<string> | AsyncIterable<string>,
    options?: ReadOptions & { readonly concurrency?: number },
  ): AsyncGenerator<ReadOutcome, void> {
    return readMany(this.#site, references, options);
  }

  /** A search of one type, sent when it is read. In parts where the server needs that. */
  search<T extends ResourceType>(
    type: T,
    parameters: SearchParameters = {},
    options?: SearchOptions,
  ): Search<ResourceOf<T>> {
    return search(this.#site, { type, parameters }, options);
  }

  /** How many match, over all pages. */
  count(type: ResourceType, parameters: SearchParameters, options?: CallOptions): Promise<number> {
    return count(this.#site, { type, parameters }, options);
  }

  /** Files a new resource. Never sent twice where the first may have been filed. */
  create<T extends FhirResource>(resource: T, options?: CreateOptions): Promise<Written<T>> {
    return create(this.#site, resource, options);
  }

  /** Files a resource unless it is there, also where the server has no conditional create. */
  createOnce<T extends FhirResource>(
    resource: T,
    options: CreateOnceOptions<T>,
  ): Promise<CreatedOnce<T>> {
    return createOnce(this.#site, resource, options);
  }

  /** Puts a resource in place of the one with its id. */
  update<T extends FhirResource>(resource: T, options?: UpdateOptions): Promise<Written<T>> {
    return update(this.#site, resource, options);
  }

  /** Calls an operation, such as `$match`. */
  operation(operation: Operation): Promise<Operated> {
    return operate(this.#site, operation);
  }

  /** Reads the content of a Binary, by reference or by an attachment's address. */
  binary(reference: string, options?: BinaryOptions): Promise<Document> {
    return binary(this.#site, reference, options);
  }

  /** What the server says that it can do. */
  capabilities(options?: ReadOptions): Promise<CapabilityStatement> {
    return capabilities(this.#site, options);
  }

  /** Asks the server to begin a bulk export; keep the state that it gives. */
  startExport(request: ExportRequest): Promise<ExportState> {
    return startExport(this.#site, request);
  }

  /** Waits until the export is ready. */
  awaitExport(state: ExportState, options?: AwaitOptions): Promise<ExportState> {
    return awaitExport(this.#site, state, options);
  }

  /** Reads the files of an export that is ready, from where the state stands. */
  exported(state: ExportState, options?: CallOptions): AsyncGenerator<Exported, void> {
    return exported(this.#site, state, options);
  }

  /** Ends an export, or lets the server drop the files of one that was read. */
  cancelExport(state: ExportState, options?: CallOptions): Promise<void> {
    return cancelExport(this.#site, state, options);
  }

  /** Drops the answers that are kept for calls with `maxAgeSeconds`. */
  forgetAnswers(): void {
    this.#site.cache.clear();
  }

  /** Closes all connections. Requests under way fail. */
  close(): Promise<void> {
    return this.#close();
  }
}
