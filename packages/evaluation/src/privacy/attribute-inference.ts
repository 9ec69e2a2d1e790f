import { mean, type RandomStream } from "@osteon/numerics";
import { rateOutcome, riskAboveControl, type AttackOutcome, type Interval } from "./attack-outcome.ts";
import { findNearest, type AttackTarget } from "./attack-target.ts";

/** How one attribute could be inferred. */
export interface SecretReport {
  readonly name: string;
  readonly table: string;
  /** Share of correct guesses on training patients, on held-out ones, and by always guessing the file's commonest. */
  readonly main: number;
  readonly control: number;
  readonly naive: number;
  readonly risk: Interval;
}

export interface AttributeInference {
  /** Over all secrets: a patient's success is the share of his known secrets that are guessed. */
  readonly outcome: AttackOutcome;
  readonly secrets: readonly SecretReport[];
}

const mutationSecrets = 5;
const minimumKnown = 5;

/** An attribute with its values among real patients, training patients first, and in the file. */
interface Secret {
  readonly column: number;
  readonly real: Float64Array;
  readonly synthetic: Float64Array;
}

/**
 * Inference by WP216: an attacker knows all of a patient but one attribute, finds the synthetic record
 * nearest in what he knows and takes the missing value from it. What can be inferred of held-out patients
 * too is biology; the leak is the difference. Secrets: the coded clinical fields and the five mutations
 * whose carriers are nearest to a half. Source: Giomi et al. 2023 (PoPETs).
 */
export function attackAttributes(target: AttackTarget, random: RandomStream): AttributeInference {
  const secrets = chooseSecrets(target);
  const patients = target.members + target.others;
  if (secrets.length === 0) {
    const reason = `no coded attribute varies and is known of ${minimumKnown} training and ${minimumKnown} held-out patients`;
    return { outcome: { kind: "unanswered", reason }, secrets: [] };
  }
  const correct = secrets.map((secret) => guess(target, secret));
  const means = Float64Array.from({ length: patients }, (_, i) => meanOfKnown(correct.map((guesses) => guesses[i]!)));
  const kept = Array.from(means.keys()).filter((i) => !Number.isNaN(means[i]!));
  const members = kept.filter((i) => i < target.members).length;
  const reports = secrets.map((secret, k) => reportSecret(target, secret, correct[k]!));
  return {
    outcome: rateOutcome(
      Float64Array.from(kept, (i) => means[i]!),
      members,
      mean(reports.map(({ naive }) => naive)),
      random,
    ),
    secrets: reports,
  };
}

function chooseSecrets({ space, train, holdOut, synthetic, members }: AttackTarget): readonly Secret[] {
  const candidates = space.attributes.flatMap((attribute, column) => {
    if (!attribute.categorical || attribute.table === "copyNumber") return [];
    const real = Float64Array.from([...attribute.read(train), ...attribute.read(holdOut)]);
    const known = real.filter((value) => !Number.isNaN(value));
    const knownMembers = real.subarray(0, members).filter((value) => !Number.isNaN(value)).length;
    if (Math.min(knownMembers, known.length - knownMembers) < minimumKnown) return [];
    const share = mean(known);
    if (share === 0 || share === 1) return [];
    return [
      { column, table: attribute.table, imbalance: Math.abs(share - 0.5), real, synthetic: attribute.read(synthetic) },
    ];
  });
  const mutations = candidates.filter(({ table }) => table === "mutations");
  return [
    ...candidates.filter(({ table }) => table === "clinical"),
    ...mutations.toSorted((a, b) => a.imbalance - b.imbalance).slice(0, mutationSecrets),
  ];
}

/** 1 where the guess is right, 0 where not, NaN where the truth is unknown. */
function guess(
  { realRows, syntheticRows, space, records, squaredDistances }: AttackTarget,
  secret: Secret,
): Float64Array {
  const width = space.attributes.length;
  const known = squaredDistances.map((distance, k) => {
    const record = k % records;
    // A record without the value has nothing to tell.
    if (Number.isNaN(secret.synthetic[record]!)) return Infinity;
    const own = realRows[Math.floor(k / records) * width + secret.column]!;
    return distance - (own - syntheticRows[record * width + secret.column]!) ** 2;
  });
  const nearest = findNearest(known, records);
  return secret.real.map((truth, i) => (Number.isNaN(truth) ? truth : Number(secret.synthetic[nearest[i]!] === truth)));
}

function reportSecret({ space, members }: AttackTarget, secret: Secret, correct: Float64Array): SecretReport {
  const { name, table } = space.attributes[secret.column]!;
  const count = (guesses: Float64Array) => {
    const known = guesses.filter((value) => !Number.isNaN(value));
    return { successes: known.reduce((sum, value) => sum + value, 0), attacks: known.length };
  };
  const main = count(correct.subarray(0, members));
  const control = count(correct.subarray(members));
  const commonest = Number(meanOfKnown(Array.from(secret.synthetic)) > 0.5);
  const naive = count(
    secret.real.subarray(0, members).map((truth) => (Number.isNaN(truth) ? truth : Number(truth === commonest))),
  );
  return {
    name,
    table,
    main: main.successes / main.attacks,
    control: control.successes / control.attacks,
    naive: naive.successes / naive.attacks,
    risk: riskAboveControl(main, control),
  };
}

function meanOfKnown(values: readonly number[]): number {
  return mean(values.filter((value) => !Number.isNaN(value)));
}
