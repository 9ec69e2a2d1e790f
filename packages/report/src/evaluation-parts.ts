import type { EvaluationReport } from "@osteon/evaluation";

export type FamilyEvaluation = EvaluationReport["families"][number];
export type MetricEvaluation = FamilyEvaluation["metrics"][number];
export type EvaluationFigures = FamilyEvaluation["figures"];
export type AlterationFrequency = EvaluationFigures["alterations"][number];
export type OncoprintFigure = EvaluationFigures["oncoprint"];
export type SurvivalFigure = EvaluationFigures["survival"][number];
export type GateCheck = EvaluationReport["gate"]["checks"][number];
