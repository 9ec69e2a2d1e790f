export type { Conditions } from "./conditions.ts";
export type { Family, GenerativeModel, ModelLoader, SampleRequest, SavedModel } from "./model.ts";
export type { PathwayTable, Synthesiser, SyntheticCohort } from "./synthesiser.ts";
