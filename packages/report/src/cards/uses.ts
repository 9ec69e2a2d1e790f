/** What Osteon's models are for, and what not: the same for every one. */
export const intendedUses = [
  "To develop, test and teach methods on data of the shape of an osteosarcoma cohort, and to plan studies, where real patients' data may not be used or shared.",
  "Each released file states that its patients are synthetic; whoever publishes results from it says so too.",
] as const;

export const intendedUsers =
  "Researchers, statisticians and software developers in paediatric oncology, and those who review their work.";

export const outOfScopeUses = [
  "Decisions about a patient, of any kind: diagnosis, prognosis, treatment.",
  "Evidence: a finding on synthetic patients is a hypothesis, to be tested on real ones.",
  "Enlarging a real cohort: the synthetic patients add no information to those that the model was trained on.",
  "Attempts to learn who was in the training cohort.",
] as const;
