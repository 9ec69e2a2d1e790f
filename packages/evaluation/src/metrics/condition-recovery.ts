import { UNKNOWN } from "@osteon/cohort";
import { rocArea } from "@osteon/numerics";
import { computed, missing, type Metric } from "./metric.ts";
import { measureConcordance } from "./survival-utility.ts";

/**
 * Does the tumour fit the metastasis that the record asks for? A ridge logistic model of the held-out real patients
 * infers metastasis from the candidate's pathway scores; area under the ROC curve against what the candidate's
 * records carry. ½: tumours know nothing of their profile.
 */
export const metastasisRecovery: Metric = {
  name: "condition_metastasis_recovery",
  title: "tumours fit their metastasis",
  group: "condition",
  unit: "AUC",
  better: "higher",
  compute: ({ reference, candidate }) => {
    const model = reference.metastasisModel;
    if (model === null)
      return missing("the real patients are not both with and without metastasis, or no pathway varies");
    const { metastasis } = candidate.cohort.clinical;
    const rows = model.usableRows(
      candidate,
      Array.from(metastasis.keys()).filter((row) => metastasis[row] !== UNKNOWN),
    );
    const inferred = model.predict(candidate, rows);
    const area = rocArea(
      inferred.filter((_, k) => metastasis[rows[k]!] === 1),
      inferred.filter((_, k) => metastasis[rows[k]!] === 0),
    );
    return area === null
      ? missing("the candidate's patients are not both with and without metastasis")
      : computed(area);
  },
};

/**
 * Does the tumour fit the survival beside it? A ridge Cox model of the held-out real patients' pathway scores infers
 * risk from the candidate's tumours; Harrell's C against the survival that the candidate's records carry.
 */
export const survivalRecovery: Metric = {
  name: "condition_survival_recovery",
  title: "tumours fit their survival",
  group: "condition",
  unit: "C-index",
  better: "higher",
  compute: ({ reference, candidate }) => {
    const model = reference.tumourRisk;
    return model === null
      ? missing("none of the real patients died, or no pathway varies among them")
      : measureConcordance(model, candidate);
  },
};
