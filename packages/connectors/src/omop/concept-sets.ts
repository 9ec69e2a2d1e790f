/** A concept of the OHDSI standardized vocabularies. */
export interface Concept {
  readonly id: number;
  readonly name: string;
}

interface ConceptSet {
  /** What a record with one of the concepts says. */
  readonly meaning: string;
  readonly concepts: readonly Concept[];
}

const concept = (id: number, name: string): Concept => ({ id, name });

/**
 * Every concept id that the queries use, by the name under which a configuration replaces it. A concept stands for
 * its descendants too. `docs/omop.md` says which of them were seen where, and which a site has to look up.
 */
export const conceptSets = {
  osteosarcoma: {
    meaning: "the disease; empty: by the codes of osteosarcomaCodes, which ids given here replace",
    concepts: [],
  },
  provisional_diagnosis: {
    meaning: "condition_status of a diagnosis that was only suspected, and so is none",
    concepts: [concept(32899, "Preliminary diagnosis"), concept(4033240, "Preliminary diagnosis")],
  },
  first_occurrence: {
    meaning: "episode that begins with the first diagnosis",
    concepts: [concept(32528, "Disease First Occurrence")],
  },
  recurrence: { meaning: "episode of relapse", concepts: [concept(32529, "Disease Recurrence")] },
  metastatic_extent: { meaning: "episode of distant spread", concepts: [concept(32944, "Metastatic Disease")] },
  local_extent: {
    meaning: "episode without distant spread",
    concepts: [concept(32942, "Confined Disease"), concept(32943, "Invasive Disease")],
  },
  metastasis: {
    meaning: "condition or measurement of distant spread",
    concepts: [
      concept(36769180, "Metastasis"),
      concept(1635142, "AJCC/UICC M1 Category"),
      concept(1633308, "AJCC/UICC Stage 4"),
      concept(432851, "Metastatic malignant neoplasm"),
    ],
  },
  no_metastasis: {
    meaning: "measurement that states that there is no distant spread",
    concepts: [
      concept(1635624, "AJCC/UICC M0 Category"),
      concept(1633905, "AJCC/UICC 6th clinical Stage 1"),
      concept(1634457, "AJCC/UICC 7th clinical Stage 1"),
      concept(1635758, "AJCC/UICC 8th clinical Stage 1"),
      concept(1634718, "AJCC/UICC 6th clinical Stage 2"),
      concept(1635182, "AJCC/UICC 7th clinical Stage 2"),
      concept(1635217, "AJCC/UICC 8th clinical Stage 2"),
      concept(1635848, "AJCC/UICC 6th clinical Stage 3"),
      concept(1635125, "AJCC/UICC 7th clinical Stage 3"),
      concept(1634596, "AJCC/UICC 8th clinical Stage 3"),
      concept(1635797, "AJCC/UICC 6th pathological Stage 1"),
      concept(1635800, "AJCC/UICC 7th pathological Stage 1"),
      concept(1634799, "AJCC/UICC 8th pathological Stage 1"),
      concept(1633751, "AJCC/UICC 6th pathological Stage 2"),
      concept(1634619, "AJCC/UICC 7th pathological Stage 2"),
      concept(1635386, "AJCC/UICC 8th pathological Stage 2"),
      concept(1633499, "AJCC/UICC 6th pathological Stage 3"),
      concept(1634947, "AJCC/UICC 7th pathological Stage 3"),
      concept(1634705, "AJCC/UICC 8th pathological Stage 3"),
    ],
  },
  necrosis: {
    meaning: "measurement of the necrosis after chemotherapy, in percent; empty: NAACCR item 3908",
    concepts: [],
  },
  present: {
    meaning: "value of a measurement: it is so",
    concepts: [concept(4181412, "Present"), concept(4188539, "Yes"), concept(9191, "Positive")],
  },
  absent: {
    meaning: "value of a measurement: it is not so",
    concepts: [concept(4132135, "Absent"), concept(4188540, "No"), concept(9189, "Negative")],
  },
  male: { meaning: "gender", concepts: [concept(8507, "MALE")] },
  female: { meaning: "gender", concepts: [concept(8532, "FEMALE")] },
  condition_field: {
    meaning: "field that an event or a modifier points to",
    concepts: [concept(1147127, "condition_occurrence.condition_occurrence_id")],
  },
} as const satisfies Readonly<Record<string, ConceptSet>>;

export type ConceptSetName = keyof typeof conceptSets;

/** Osteosarcoma by the codes of the vocabularies themselves, which do not depend on the release of OHDSI's. */
export const osteosarcomaCodes = {
  /** With all descendants. */
  snomed: [{ code: "307576001", name: "Osteosarcoma of bone" }],
  /**
   * Malignant (/3) osteosarcomas of the WHO classification, as OHDSI writes ICD-O-3: histology, behaviour, then the
   * site, which is of bone (C40, C41) or not stated. Extraskeletal ones are another disease.
   */
  icdo3: "^(918[0-7]|919[2-5])/3(-(C4[01](\\.[0-9])?|C80\\.9|NULL))?$",
} as const;

/** The NAACCR site-specific item "Percent Necrosis Post Neoadjuvant", alone or after the name of its schema. */
export const necrosisCode = "^([a-z_0-9]+@)?3908$";
