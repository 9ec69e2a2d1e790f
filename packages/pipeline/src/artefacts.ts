import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  completePatients,
  decodeCohort,
  digestCohort,
  encodeCohort,
  selectPatients,
  type Cohort,
} from "@osteon/cohort";
import type { Configuration } from "@osteon/contracts";
import type { DeidentificationRecord, SourceExtract } from "@osteon/deidentification";
import { OsteonError, osteonError } from "@osteon/errors";
import { applyFeatures, type FeatureState, type GeneSet } from "@osteon/features";
import {
  openSealed,
  readPackage,
  sealBytes,
  writeFileAtomically,
  writePackage,
  type OpenedPackage,
  type PackageContent,
  type WrittenPackage,
} from "@osteon/registry";
import { keepsPlainData, placeOf, type PatientLevelFile } from "./plain-data.ts";
import type { RunKeys } from "./run-keys.ts";
import { runLayout } from "./run-layout.ts";

/**
 * The results of steps on disk, each read at most once: what a step has just made is handed on in memory,
 * what an earlier run made is opened again. Everything about single patients is sealed, unless the configuration
 * has it in plain.
 */
export class Artefacts {
  readonly directory: string;
  readonly #keys: RunKeys;
  readonly #configuration: Configuration;
  readonly #memory = new Map<string, unknown>();

  constructor(directory: string, keys: RunKeys, configuration: Configuration) {
    this.directory = directory;
    this.#keys = keys;
    this.#configuration = configuration;
  }

  path(relative: string): string {
    return join(this.directory, relative);
  }

  async writeSource({ cohort, ...account }: SourceExtract): Promise<string[]> {
    this.#memory.set(runLayout.sourceCohort, { cohort, ...account });
    return [
      await this.#seal(runLayout.sourceCohort, encodeCohort(cohort)),
      await this.#seal(runLayout.sourceAccount, new TextEncoder().encode(JSON.stringify(account))),
    ];
  }

  readSource(): Promise<SourceExtract> {
    return this.#recall(runLayout.sourceCohort, async () => {
      const account = new TextDecoder().decode(await this.#open(runLayout.sourceAccount));
      const cohort = decodeCohort(await this.#open(runLayout.sourceCohort), runLayout.sourceCohort);
      return { cohort, ...(JSON.parse(account) as Omit<SourceExtract, "cohort">) };
    });
  }

  async writeDeidentified(cohort: Cohort, record: DeidentificationRecord): Promise<string[]> {
    await this.#keepPrevious(cohort);
    this.#memory.set(runLayout.deidentifiedCohort, cohort);
    const sealed = await this.#seal(runLayout.deidentifiedCohort, encodeCohort(cohort));
    return [sealed, await this.writeJson(runLayout.deidentificationRecord, record)];
  }

  readDeidentified(): Promise<Cohort> {
    return this.#recall(runLayout.deidentifiedCohort, async () =>
      decodeCohort(await this.#open(runLayout.deidentifiedCohort), runLayout.deidentifiedCohort),
    );
  }

  /** The de-identified cohort of the last extract; undefined where there was none. */
  readPrevious(): Promise<Cohort | undefined> {
    return this.#openCohort(runLayout.previousCohort);
  }

  /** The de-identified patients who have every part that the configuration requires. */
  async readComplete(): Promise<Cohort> {
    return this.#recall("complete", async () => {
      const cohort = await this.readDeidentified();
      return selectPatients(cohort, completePatients(cohort, this.#configuration.cohort.required));
    });
  }

  /** The complete patients with the chosen genes: what models are trained on. */
  async readTraining(): Promise<Cohort> {
    return this.#recall("training", async () =>
      applyFeatures(await this.readJson<FeatureState>(runLayout.features), await this.readComplete()),
    );
  }

  /** The larger cohort that networks are trained on first, from what reads it; it has no place in the directory. */
  recallPretraining(read: () => Promise<Cohort>): Promise<Cohort> {
    return this.#recall("pretraining", read);
  }

  readGeneSets(): Promise<readonly GeneSet[]> {
    return this.readJson<readonly GeneSet[]>(runLayout.geneSets);
  }

  /** The trained model, before validation's scores are sealed in. */
  readTrained(): Promise<OpenedPackage> {
    return this.#recall(runLayout.trainedModel, () =>
      readPackage(this.path(runLayout.trainedModel), this.#keys.identity),
    );
  }

  async writeSealedPackage(relative: string, content: PackageContent, recipient: string): Promise<WrittenPackage> {
    await mkdir(dirname(this.path(relative)), { recursive: true });
    this.#memory.delete(relative);
    return writePackage(this.path(relative), content, [recipient]);
  }

  async writeJson(relative: string, value: unknown): Promise<string> {
    await this.writeText(relative, `${JSON.stringify(value, null, 2)}\n`);
    this.#memory.set(relative, value);
    return relative;
  }

  async writeText(relative: string, text: string): Promise<string> {
    await this.#write(relative, new TextEncoder().encode(text));
    return relative;
  }

  /** A card as text and as data. */
  async readCard(text: string, data: string): Promise<{ readonly markdown: string; readonly json: unknown }> {
    return { markdown: await this.#readText(text), json: await this.readJson(data) };
  }

  readJson<T>(relative: string): Promise<T> {
    return this.#recall(relative, async () => JSON.parse(await this.#readText(relative)) as T);
  }

  /** What another cohort takes the place of stays, so that the two can be compared. */
  async #keepPrevious(cohort: Cohort): Promise<void> {
    const before = await this.#openCohort(runLayout.deidentifiedCohort);
    if (before === undefined || (await digestCohort(before)) === (await digestCohort(cohort))) return;
    await this.#seal(runLayout.previousCohort, encodeCohort(before));
  }

  /** Undefined where it is not there, or not whole: then there is nothing to compare with. */
  async #openCohort(relative: PatientLevelFile): Promise<Cohort | undefined> {
    if (!existsSync(this.path(placeOf(relative, this.#configuration)))) return undefined;
    try {
      return decodeCohort(await this.#open(relative), relative);
    } catch (error) {
      if (error instanceof OsteonError) return undefined;
      throw error;
    }
  }

  async #recall<T>(name: string, read: () => Promise<T>): Promise<T> {
    if (!this.#memory.has(name)) this.#memory.set(name, await read());
    return this.#memory.get(name) as T;
  }

  /** Writes what holds single patients: sealed, or in plain where the configuration has it so. Returns its place. */
  async #seal(file: PatientLevelFile, bytes: Uint8Array): Promise<string> {
    const place = placeOf(file, this.#configuration);
    const isPlain = keepsPlainData(this.#configuration);
    await this.#write(place, isPlain ? bytes : await sealBytes(bytes, [this.#keys.identity.recipient]));
    return place;
  }

  async #open(file: PatientLevelFile): Promise<Uint8Array> {
    const place = placeOf(file, this.#configuration);
    const bytes = await this.#reading(place);
    // Not a Buffer, whose slice() shares memory where that of a Uint8Array copies.
    return keepsPlainData(this.#configuration)
      ? new Uint8Array(bytes)
      : openSealed(bytes, [this.#keys.identity], place);
  }

  async #readText(relative: string): Promise<string> {
    return new TextDecoder().decode(await this.#reading(relative));
  }

  async #reading(relative: string): Promise<Uint8Array> {
    try {
      return await readFile(this.path(relative));
    } catch (error) {
      throw osteonError("pipeline.missing-result", { file: relative }, { cause: error });
    }
  }

  async #write(relative: string, bytes: Uint8Array): Promise<void> {
    await mkdir(dirname(this.path(relative)), { recursive: true });
    await writeFileAtomically(this.path(relative), bytes);
  }
}
