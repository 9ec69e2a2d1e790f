import { randomInt } from "node:crypto";
import type { Profile } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { conditionsOfProfile, type SampleRequest, type SyntheticCohort } from "@osteon/generator";
import { answerFormats, type AnswerForm } from "./answer-formats/answer-format.ts";
import { AnswerWriter } from "./answer-formats/answer-writer.ts";
import { joinChunks } from "./answer-formats/join-chunks.ts";
import { writeWhole } from "./answer-formats/write-whole.ts";
import { Turns } from "./load/turns.ts";
import type { ModelSource, ServedModel } from "./model-source.ts";
import { readVocabulary, type ModelVocabulary } from "./selection/model-vocabulary.ts";

/** Writes the answers of `POST /generate` for one loaded model. */
class PatientGenerator {
  readonly #synthesiser: ServedModel;
  readonly #chunkSize: number;
  readonly #turns: Turns;
  readonly #writer = new AnswerWriter();
  #vocabulary: ModelVocabulary | undefined;

  /** @param chunkSize patients generated before other requests get their turn */
  constructor(synthesiser: ServedModel, chunkSize: number, turns: Turns) {
    this.#synthesiser = synthesiser;
    this.#chunkSize = chunkSize;
    this.#turns = turns;
  }

  /** Keeps the model at work until the function returned is called, also when another takes its place. */
  hold(): () => void {
    return this.#synthesiser.hold?.() ?? (() => undefined);
  }

  get modelVersion(): string {
    return this.#synthesiser.modelVersion;
  }

  get trainedOnSimulatedPatients(): boolean {
    return this.#synthesiser.trainedOnSimulatedPatients;
  }

  /** The names that an answer may be confined to. */
  async vocabulary(): Promise<ModelVocabulary> {
    this.#vocabulary ??= await readVocabulary(this.#synthesiser);
    return this.#vocabulary;
  }

  /**
   * The answer, in pieces that follow each other. Where its format allows, it is never whole in memory. Each
   * chunk waits for its turn, so that a large request does not hold up small ones.
   *
   * @param signal ends it early, without an error: nobody is there to read on
   */
  async *write(profile: Profile, form: AnswerForm, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
    const conditions = conditionsOfProfile(profile);
    const { inPieces } = answerFormats[form.format];
    const held: SyntheticCohort[] = [];
    for (let first = 0; first < form.count; first += this.#chunkSize) {
      await this.#turns.take();
      if (signal.aborted) {
        return;
      }
      const count = Math.min(this.#chunkSize, form.count - first);
      const generated = await this.#generate({ conditions, seed: form.seed, firstIndex: first, count });
      if (inPieces) {
        yield this.#writer.write(generated, first, form);
      } else {
        held.push(generated);
      }
    }
    if (!inPieces) {
      const answer = await writeWhole(this.#writer, { whole: joinChunks(held), form }, signal);
      if (answer !== undefined) yield answer;
    }
  }

  async #generate(request: SampleRequest): Promise<SyntheticCohort> {
    const generated = await this.#synthesiser.generate(request);
    if (!generated.cohort.simulated) {
      // The last fence against a real patient leaving by this door.
      throw osteonError("service.model-contract-broken", { reason: "a generated cohort is not marked as simulated" });
    }
    if (generated.cohort.patientIds.length !== request.count) {
      throw osteonError("service.model-contract-broken", { reason: "another number of patients than asked for" });
    }
    return generated;
  }
}

/** The generator of the model on air; undefined while there is none. */
export type GeneratorSource = () => PatientGenerator | undefined;

/** Makes one generator a model, however often it is asked for. */
export function createGeneratorSource(model: ModelSource, chunkSize: number): GeneratorSource {
  const generators = new WeakMap<ServedModel, PatientGenerator>();
  const turns = new Turns();
  return () => {
    const synthesiser = model();
    if (synthesiser === undefined) return undefined;
    const generator = generators.get(synthesiser) ?? new PatientGenerator(synthesiser, chunkSize, turns);
    generators.set(synthesiser, generator);
    return generator;
  };
}

/** A fresh seed: a uniform integer of 0 … 2^53 − 1 from the system's randomness. */
export function drawSeed(): number {
  // Two, as one reaches 2^48; Node keeps random bytes for it in store, which saves a system call a request.
  return randomInt(2 ** 26) * 2 ** 27 + randomInt(2 ** 27);
}
