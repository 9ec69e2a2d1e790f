export { conditionsOfProfile, type Conditions } from "./conditions.ts";
export { createSynthesiser, type SynthesiserParts } from "./create-synthesiser.ts";
export { fitFactorCopula, type FactorCopulaFit, type FactorCopulaOptions } from "./factor-copula/fit.ts";
export { createModelExport, encodeModelExport, encodeQuantisedExport } from "./export/model-export.ts";
export { fitModel, type ModelFit } from "./fit-model.ts";
export { quantiseModel } from "./latent/load-latent-model.ts";
export { loadModel } from "./load-model.ts";
export type { Family, GenerativeModel, NeuralFamily, ModelLoader, SampleRequest, SavedModel } from "./model.ts";
export type { PathwayTable, Synthesiser, SyntheticCohort } from "./synthesiser.ts";
