import type { ModelDetail, ModelList, ModelMove, ModelReference } from "@osteon/contracts";

/** Who moves what is on air, and why. */
export interface MoveOrder {
  /** The principal's id. */
  readonly by: string;
  readonly reason: string;
}

/** Changes what is on air. Each move proves first that the model works. */
export interface ModelMoves {
  /** @throws `service.model-unknown`, `service.gate-not-passed`, `service.override-reason`, `service.moved-meanwhile`, `service.model-refused` */
  promote(version: string, order: MoveOrder & { readonly override: boolean }): Promise<ModelMove>;
  /** @param to an earlier version; by default the one before. @throws `service.no-rollback` and those of `promote` */
  rollback(to: string | undefined, order: MoveOrder): Promise<ModelMove>;
}

/** The sealed models that a service can tell of. Nothing here is of a single patient. */
export interface ModelCatalogue {
  list(): Promise<Omit<ModelList, "can_move">>;
  /** @throws `service.model-unknown`, `service.model-refused` for one that does not hold; so do the next three */
  read(version: string): Promise<ModelDetail>;
  /** The evaluation as one HTML page without scripts; null where the package has no evaluation. */
  report(version: string): Promise<string | null>;
  /** The model card in Markdown; null where the package has none. */
  card(version: string): Promise<string | null>;
  /** Null where the package has no evaluation. */
  reference(version: string): Promise<ModelReference | null>;
  /** Oldest first; empty where a model is served that no registry holds. */
  history(): Promise<readonly ModelMove[]>;
  /** Null where this service cannot change what is on air. */
  readonly moves: ModelMoves | null;
}
