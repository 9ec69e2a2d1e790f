import { existsSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stepNames } from "@osteon/pipeline";
import { beforeAll, describe, expect, it } from "vitest";
import { measureStudy, stateStudy, type StudyMeasurement } from "../../bench/measures/real-cohort.ts";

// The real cohort is no part of the project; without it these tests are skipped.
const shared = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const study = join(shared, "os_target_study");

describe.skipIf(!existsSync(study)).each(["data_mrna_seq_tpm_log2.txt", "data_mrna_seq_rank_zscores.txt"])(
  "the main job on the real cohort, %s",
  (expressionProfile) => {
    let measured: StudyMeasurement;

    beforeAll(async () => {
      await using temporary = await mkdtempDisposable(join(tmpdir(), "osteon-real-cohort-"));
      const geneSets = join(shared, "genesets", "hallmark.gmt");
      const request = { study, expressionProfile, geneSets, directory: temporary.path, validationSplits: 2 };
      measured = await measureStudy(request, 0);
    });

    it("completes with the 85 complete patients", () => {
      expect(stepNames.map((name) => measured.manifest.steps[name]?.status)).toEqual(stepNames.map(() => "done"));
      expect(measured).toMatchObject({ trainingPatients: 85, deaths: 29, syntheticPatients: 10_000 });
      expect(measured.validation.design).toMatchObject({ trainPatients: 59, holdOutPatients: 26 });
      expect(measured.expression.measuredSets).toBeGreaterThan(30);
    });

    it("keeps driver frequencies within binomial noise of the training ones", () => {
      expect(measured.frequencies.filter(({ alteration }) => alteration === "mutated").length).toBeGreaterThan(20);
      expect(stateStudy(measured).frequencies).toMatchObject({ holds: true });
    });

    it("keeps the hazard ratio of metastasis within the real one's 95 % interval", () => {
      expect(measured.realHazardRatio.value).toBeCloseTo(4.74, 2);
      expect(stateStudy(measured).hazardRatio).toMatchObject({ holds: true });
    });

    it("keeps Kaplan–Meier within the real confidence band at 90 % of times or more", () => {
      expect(stateStudy(measured).kaplanMeier).toMatchObject({ holds: true });
    });

    it("honours the profiles asked for", () => {
      expect(stateStudy(measured).profiles).toMatchObject({ holds: true });
      expect(stateStudy(measured).aliveMeaning).toMatchObject({ holds: true });
    });
  },
);
