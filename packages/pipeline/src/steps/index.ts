import type { Step } from "../step.ts";
import type { StepName } from "../step-names.ts";
import { checkStep } from "./check.ts";
import { deidentifyStep } from "./deidentify.ts";
import { featuresStep } from "./features.ts";
import { generateStep } from "./generate.ts";
import { loadStep } from "./load.ts";
import { reportStep } from "./report.ts";
import { sealStep } from "./seal.ts";
import { trainStep } from "./train.ts";
import { validateStep } from "./validate.ts";

/** Every step by its name. */
export const steps: Readonly<Record<StepName, Step>> = {
  load: loadStep,
  deidentify: deidentifyStep,
  check: checkStep,
  features: featuresStep,
  train: trainStep,
  generate: generateStep,
  validate: validateStep,
  report: reportStep,
  seal: sealStep,
};
