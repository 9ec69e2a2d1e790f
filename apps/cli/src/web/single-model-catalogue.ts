import { osteonError } from "@osteon/errors";
import { factsOfAnyPackage, summariseFacts } from "@osteon/pipeline";
import type { OpenedPackage } from "@osteon/registry";
import type { ModelCatalogue } from "@osteon/service";
import { viewPackage } from "./package-views.ts";

/** The catalogue of a service that was given one model by its path: nothing to promote, no history. */
export function catalogueOfModel(opened: OpenedPackage): ModelCatalogue {
  const summary = summariseFacts(factsOfAnyPackage(opened), true);
  const views = viewPackage(opened, summary);
  const only = (version: string) => {
    if (version !== summary.version) throw osteonError("service.model-unknown", {});
    return views;
  };
  return {
    list: async () => ({ models: [summary], broken: [] }),
    read: async (version) => ({ ...only(version).detail, on_air: true }),
    report: async (version) => only(version).report,
    card: async (version) => only(version).card,
    reference: async (version) => only(version).reference,
    history: async () => [],
    moves: null,
  };
}
