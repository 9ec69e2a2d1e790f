import { syntheticPatientNotice } from "@osteon/contracts";
import type { SyntheticCohort } from "@osteon/generator";
import { selectColumns } from "../selection/select-columns.ts";
import type { AnswerForm } from "./answer-format.ts";
import { writePatientCsv } from "./patient-csv-writer.ts";
import { PatientJsonWriter } from "./patient-json-writer.ts";
import { writeParquet } from "./write-parquet.ts";

/**
 * Writes answers in every format. What {@link write} gives depends on its arguments alone; what is kept between calls
 * are encoded names, so have one writer a thread and model.
 */
export class AnswerWriter {
  readonly #whole = new PatientJsonWriter();
  /** Apart, so that answers of a few genes do not drive the names of whole ones out. */
  readonly #selected = new PatientJsonWriter();

  /**
   * One piece of an answer; the pieces follow each other.
   *
   * @param chunk consecutive patients of the answer, with all columns of the model
   * @param firstIndex number of the first of them under the seed
   * @param form of the whole answer; where its format is not written in pieces, the chunk is all of it
   */
  write(chunk: SyntheticCohort, firstIndex: number, form: AnswerForm): Uint8Array {
    const patients = form.selection === undefined ? chunk : selectColumns(chunk, form.selection);
    switch (form.format) {
      case "json":
        return form.count === 1
          ? this.#writeEach(patients, firstIndex, form, "")
          : this.#writeList(patients, firstIndex, form);
      case "ndjson":
        return this.#writeEach(patients, firstIndex, form, "\n");
      case "csv":
        return writePatientCsv(patients, firstIndex, form);
      case "parquet":
        return writeParquet(patients, form);
    }
  }

  /** Patients one after the other, each with all that is said of the answer. */
  #writeEach(patients: SyntheticCohort, firstIndex: number, form: AnswerForm, end: string): Uint8Array {
    const head = answerHead(patients, form);
    return this.#writeRows(
      patients,
      firstIndex,
      form,
      () => `${head},`,
      () => `}${end}`,
    );
  }

  /** The part of one object with a list that these patients are. */
  #writeList(patients: SyntheticCohort, firstIndex: number, form: AnswerForm): Uint8Array {
    const head = answerHead(patients, form);
    return this.#writeRows(
      patients,
      firstIndex,
      form,
      (index) => (index === 0 ? `${head},"patients":[{` : ",{"),
      (index) => (index === form.count - 1 ? "}]}" : "}"),
    );
  }

  #writeRows(
    patients: SyntheticCohort,
    firstIndex: number,
    form: AnswerForm,
    before: (index: number) => string,
    after: (index: number) => string,
  ): Uint8Array {
    const writer = form.selection === undefined ? this.#whole : this.#selected;
    const rows = patients.cohort.patientIds.map((_, row) => {
      const index = firstIndex + row;
      return writer.write(patients, row, index, before(index), after(index));
    });
    return rows.length === 1 ? rows[0]! : Buffer.concat(rows);
  }
}

/** The opened answer, without a comma after its last field. */
function answerHead({ cohort }: SyntheticCohort, form: AnswerForm): string {
  return JSON.stringify({
    simulated: true,
    notice: syntheticPatientNotice,
    model_version: form.modelVersion,
    trained_on_simulated_patients: form.trainedOnSimulatedPatients,
    expression_unit: cohort.expression.unit,
    seed: form.seed,
  }).slice(0, -1);
}
