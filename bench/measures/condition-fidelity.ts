import type { Cohort } from "@osteon/cohort";
import type { Conditions, GenerativeModel } from "@osteon/generator";

/** Whether patients generated for one profile have what was asked for. */
export interface ProfileFidelity {
  readonly profile: string;
  readonly patients: number;
  /** Patients of whom one of the values asked for is another one. */
  readonly departing: number;
}

/**
 * What `event_occurred` 0 at t means. A patient alive at t is one whose death comes later, so such patients
 * must be metastatic as often as those unconditional ones who are followed beyond t (censoring does not
 * depend on metastasis), and less often than patients who die at t.
 */
export interface AliveMeaning {
  readonly timeDays: number;
  /** Shares with metastasis at diagnosis. */
  readonly askedAlive: number;
  readonly followedBeyond: number;
  readonly askedDead: number;
  /** Difference of the first two in its standard errors. */
  readonly zScore: number;
}

const patientsPerProfile = 1000;
const patientsPerTime = 4000;

const profiles: readonly Conditions[] = [
  { survivalTimeDays: 2000, event: 0, metastasis: 0 },
  { survivalTimeDays: 300, event: 1, metastasis: 1 },
  { survivalTimeDays: 800, event: 0 },
  { survivalTimeDays: 0, event: 1 },
  { survivalTimeDays: 3650, event: 1, ageYears: 9.5, metastasis: 0 },
  { event: 1, metastasis: 0 },
  { event: 0 },
  { survivalTimeDays: 1234.5 },
  { ageYears: 31, metastasis: 1 },
];

/** Generates patients for the seed system's three scenarios and some harder profiles, and checks each. */
export async function measureProfileFidelity(model: GenerativeModel, seed: number): Promise<ProfileFidelity[]> {
  const measured: ProfileFidelity[] = [];
  for (const conditions of profiles) {
    const { clinical } = await model.sample({ conditions, seed, firstIndex: 0, count: patientsPerProfile });
    let departing = 0;
    for (let i = 0; i < patientsPerProfile; i++) {
      const matches =
        clinical.survivalTimeDays[i] === (conditions.survivalTimeDays ?? clinical.survivalTimeDays[i]) &&
        clinical.event[i] === (conditions.event ?? clinical.event[i]) &&
        clinical.ageYears[i] === (conditions.ageYears ?? clinical.ageYears[i]) &&
        clinical.metastasis[i] === (conditions.metastasis ?? clinical.metastasis[i]);
      if (!matches) departing++;
    }
    measured.push({ profile: describe(conditions), patients: patientsPerProfile, departing });
  }
  return measured;
}

/** @param unconditional patients of the same model and another seed */
export async function measureAliveMeaning(
  model: GenerativeModel,
  unconditional: Cohort,
  timesDays: readonly number[],
  seed: number,
): Promise<AliveMeaning[]> {
  const count = patientsPerTime;
  const metastatic = async (event: 0 | 1, survivalTimeDays: number) => {
    const { clinical } = await model.sample({ conditions: { survivalTimeDays, event }, seed, firstIndex: 0, count });
    return clinical.metastasis;
  };
  const meanings: AliveMeaning[] = [];
  for (const timeDays of timesDays) {
    const beyond = unconditional.clinical.metastasis.filter(
      (_, i) => unconditional.clinical.survivalTimeDays[i]! > timeDays,
    );
    const askedAlive = shareOfOnes(await metastatic(0, timeDays));
    const followedBeyond = shareOfOnes(beyond);
    const pooled = (askedAlive * count + followedBeyond * beyond.length) / (count + beyond.length);
    const error = Math.sqrt(pooled * (1 - pooled) * (1 / count + 1 / beyond.length));
    const askedDead = shareOfOnes(await metastatic(1, timeDays));
    meanings.push({ timeDays, askedAlive, followedBeyond, askedDead, zScore: (askedAlive - followedBeyond) / error });
  }
  return meanings;
}

function shareOfOnes(codes: Int8Array): number {
  return codes.reduce((sum, code) => sum + code, 0) / codes.length;
}

function describe({ survivalTimeDays, event, ageYears, metastasis }: Conditions): string {
  const parts = [
    survivalTimeDays === undefined ? [] : [`${survivalTimeDays} days`],
    event === undefined ? [] : [event === 1 ? "died" : "alive"],
    ageYears === undefined ? [] : [`${ageYears} years`],
    metastasis === undefined ? [] : [metastasis === 1 ? "metastatic" : "localised"],
  ];
  return parts.flat().join(", ");
}
