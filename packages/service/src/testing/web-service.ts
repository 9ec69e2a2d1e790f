import type { ModelDetail, ModelMove, ModelReference, ModelSummary } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { ModelCatalogue } from "../models/model-catalogue.ts";

export const exampleSummary: ModelSummary = {
  version: "0123456789abcdef",
  on_air: true,
  family: "factor-copula",
  created_at: "2026-01-01T00:00:00.000Z",
  osteon_version: "0.1.0",
  training_patients: 88,
  trained_on_simulated_patients: false,
  calibrated_score: { value: 0.9, lower: 0.8, upper: 1 },
  gate: { passed: true, reasons: [] },
};

const detail: ModelDetail = {
  ...exampleSummary,
  training: {
    patients: 88,
    deaths: 27,
    expression_genes: 500,
    mutation_genes: 20,
    copy_number_genes: 20,
    expression_unit: "log2(TPM+1)",
  },
  differential_privacy: null,
  effective_patients: 60,
  checks: [{ name: "privacy", passed: true, statement: "nothing beats chance" }],
  scores: [],
  learning_curve: null,
  has_report: true,
  has_card: true,
};

const reference: ModelReference = {
  patients: 88,
  simulated_patients: false,
  survival: [],
  alterations: [],
  pathways: [],
};

export interface ExampleCatalogue extends ModelCatalogue {
  /** What was promoted and rolled back, and by whom. */
  readonly orders: readonly object[];
}

/** A catalogue of one model, which remembers what it was told to move. */
export function exampleCatalogue(): ExampleCatalogue {
  const orders: object[] = [];
  const known = (version: string): void => {
    if (version !== exampleSummary.version) throw osteonError("service.model-unknown", {});
  };
  const move = (action: ModelMove["action"], version: string, by: string, reason: string): ModelMove => {
    const { created_at: at } = exampleSummary;
    return { sequence: orders.length + 1, action, version, from: null, at, by, reason, overridden: [] };
  };
  return {
    orders,
    list: async () => ({ models: [exampleSummary], broken: [] }),
    read: async (version) => (known(version), detail),
    report: async (version) => (known(version), "<!doctype html><title>report</title>"),
    card: async (version) => (known(version), "# Card"),
    reference: async (version) => (known(version), reference),
    history: async () => [move("promote", exampleSummary.version, "mara", "first")],
    moves: {
      promote: async (version, order) => {
        known(version);
        orders.push({ version, ...order });
        return move("promote", version, order.by, order.reason);
      },
      rollback: async (to, order) => {
        orders.push({ to, ...order });
        return move("rollback", to ?? exampleSummary.version, order.by, order.reason);
      },
    },
  };
}
