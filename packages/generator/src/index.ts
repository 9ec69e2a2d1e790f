export { checkConditions, describeLoosening, refuseRareConditions } from "./condition-floor/check-conditions.ts";
export { cellOfConditions } from "./condition-floor/condition-cells.ts";
export {
  fitConditionFloor,
  publicConditionEdges,
  readConditionFloor,
  strictestConditionFloor,
  type ConditionFloor,
} from "./condition-floor/condition-floor.ts";
export { conditionsOfProfile, type Conditions } from "./conditions.ts";
export { createSynthesiser, type SynthesiserParts } from "./create-synthesiser.ts";
export { fitFactorCopula, type FactorCopulaFit, type FactorCopulaOptions } from "./factor-copula/fit.ts";
export { createModelExport, encodeModelExport, encodeQuantisedExport } from "./export/model-export.ts";
export { fitModel, type ModelFit } from "./fit-model.ts";
export { quantiseModel } from "./latent/load-latent-model.ts";
export { loadModel } from "./load-model.ts";
export type {
  CacheCounts,
  Family,
  GenerativeModel,
  NeuralFamily,
  ModelLoader,
  SampleRequest,
  SavedModel,
} from "./model.ts";
export { loadSavedSynthesiser, type SavedSynthesiser } from "./saved-synthesiser.ts";
export { families } from "./families.ts";
export type { PathwayTable, Synthesiser, SyntheticCohort } from "./synthesiser.ts";
export { fitPrivateFactorCopula, type PrivateCopulaFit, type PrivateCopulaOptions } from "./private-copula/fit.ts";
export { planPrivacy, type PrivacyPlan, type PrivacyRequest } from "./private-copula/privacy-plan.ts";
export type { PrivacyStatement } from "./private-copula/privacy-statement.ts";
