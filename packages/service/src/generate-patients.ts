import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import { syntheticPatientNotice, type GenerateRequest } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { conditionsOfProfile, type SyntheticCohort } from "@osteon/generator";
import type { ModelSource, ServedModel } from "./model-source.ts";
import { PatientJsonWriter } from "./patient-json-writer.ts";

/** A request with its seed settled. */
interface SeededRequest extends GenerateRequest {
  readonly seed: number;
}

/** Writes the answers of `POST /generate` for one loaded model. */
class PatientGenerator {
  readonly #synthesiser: ServedModel;
  readonly #chunkSize: number;
  readonly #writer = new PatientJsonWriter();

  /** @param chunkSize patients generated before other requests get their turn */
  constructor(synthesiser: ServedModel, chunkSize: number) {
    this.#synthesiser = synthesiser;
    this.#chunkSize = chunkSize;
  }

  /** Keeps the model at work until the function returned is called, also when another takes its place. */
  hold(): () => void {
    return this.#synthesiser.hold?.() ?? (() => undefined);
  }

  /** The answer for a count of 1: the patient's fields at the top. */
  async writeSingle(request: SeededRequest): Promise<Buffer> {
    const generated = await this.#generate(request, 0, 1);
    return this.#writer.write(generated, 0, 0, `${this.#answerHead(generated, request.seed)},`, "}");
  }

  /**
   * The answer for more than one, in pieces that follow each other. The list is never whole in memory,
   * and between two chunks the event loop runs, so that a large request does not hold up small ones.
   */
  async *writeList(request: SeededRequest): AsyncGenerator<Buffer, void> {
    for (let first = 0; first < request.count; first += this.#chunkSize) {
      if (first > 0) {
        await yieldToEventLoop();
      }
      const count = Math.min(this.#chunkSize, request.count - first);
      const generated = await this.#generate(request, first, count);
      const pieces: Buffer[] = [];
      for (let row = 0; row < count; row++) {
        const index = first + row;
        const before = index === 0 ? `${this.#answerHead(generated, request.seed)},"patients":[{` : ",{";
        const after = index === request.count - 1 ? "}]}" : "}";
        pieces.push(this.#writer.write(generated, row, index, before, after));
      }
      yield Buffer.concat(pieces);
    }
  }

  async #generate(request: SeededRequest, firstIndex: number, count: number): Promise<SyntheticCohort> {
    const generated = await this.#synthesiser.generate({
      conditions: conditionsOfProfile(request),
      seed: request.seed,
      firstIndex,
      count,
    });
    if (!generated.cohort.simulated) {
      // The last fence against a real patient leaving by this door.
      throw osteonError("service.model-contract-broken", { reason: "a generated cohort is not marked as simulated" });
    }
    if (generated.cohort.patientIds.length !== count) {
      throw osteonError("service.model-contract-broken", { reason: "another number of patients than asked for" });
    }
    return generated;
  }

  /** The opened answer, without a comma after its last field. */
  #answerHead(generated: SyntheticCohort, seed: number): string {
    return JSON.stringify({
      simulated: true,
      notice: syntheticPatientNotice,
      model_version: this.#synthesiser.modelVersion,
      trained_on_simulated_patients: this.#synthesiser.trainedOnSimulatedPatients,
      expression_unit: generated.cohort.expression.unit,
      seed,
    }).slice(0, -1);
  }
}

/** The generator of the model on air; undefined while there is none. */
export type GeneratorSource = () => PatientGenerator | undefined;

/** Makes one generator a model, however often it is asked for. */
export function createGeneratorSource(model: ModelSource, chunkSize: number): GeneratorSource {
  const generators = new WeakMap<ServedModel, PatientGenerator>();
  return () => {
    const synthesiser = model();
    if (synthesiser === undefined) return undefined;
    const generator = generators.get(synthesiser) ?? new PatientGenerator(synthesiser, chunkSize);
    generators.set(synthesiser, generator);
    return generator;
  };
}

/** A fresh seed: a uniform integer of 0 … 2^53 − 1 from the system's randomness. */
export function drawSeed(): number {
  const [high, low] = globalThis.crypto.getRandomValues(new Uint32Array(2));
  return (high! & 0x1fffff) * 0x1_0000_0000 + low!;
}
