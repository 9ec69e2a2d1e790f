import { normaliseColumnName } from "../contract/column-contract.ts";

/**
 * Words by which a column says that its numbers are measured or counted, or number genes, samples or batches: such
 * numbers are of no person, however many digits they have.
 */
const quantity = new RegExp(
  `(?:^|_)(?:${[
    "COUNTS?|READS?|DEPTH|COVERAGE|UMIS?|TPM|FPKM|BASES?|POSITION|START|END",
    "DAYS?|MONTHS?|YEARS?|WEEKS?|HOURS?|AGE|TIME|DURATION|INTERVAL",
    "VOLUME|AREA|SIZE|LENGTH|DIAMETER|WEIGHT|HEIGHT|BMI|BSA|DOSE|RATIO|SCORE|LEVEL|SUM|MEAN|MEDIAN|PERCENT|FRACTION|RATE|INDEX",
    "MM[23]?|CM[23]?|ML|UL|DL|MG|NG|UG|KG|GY|SUV|AUC|U_L|IU",
    "PLATELETS?|PLT|THROMBOCYTES?|LEUKOCYTES?|WBC|RBC|HB|HGB|NEUTROPHILS?|LYMPHOCYTES?|ANC|ALP|LDH|CRP|ALT|AST|FERRITIN|CREATININE|GFR|PHOSPHATASE",
    "SAMPLES?|ALIQUOT|TUBE|BATCH|PLATE|RUN|LANE|LIB|LIBRARY|FLOW_?CELL|SEQUENCES|CT|DOSIS|TUMOU?R|CELLS?|BLOOD|SANG|SANGUE|KRWI|BLUT",
    "GENES?|ENTREZ|HGNC|ENSEMBL|REFSEQ|TRANSCRIPT|SNOMED|ICD|LOINC|CONCEPT",
  ].join("|")})(?:_|\\d*$)`,
);

const version = /(?:^|_)(?:VERSION|BUILD|RELEASE|SOFTWARE|PIPELINE)(?:_|\d*$)/;

export function namesQuantity(header: string): boolean {
  return quantity.test(normaliseColumnName(header));
}

/** Whose values have the points of an internet address. */
export function namesVersion(header: string): boolean {
  return version.test(normaliseColumnName(header));
}
