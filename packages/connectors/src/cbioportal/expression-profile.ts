import type { ExpressionUnit } from "@osteon/cohort";
import { logTpmContract, tpmContract, zScoreContract, type MatrixContract } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { ProfileMeta } from "./study-index.ts";

/** An expression profile whose unit is understood. */
export interface ExpressionProfile {
  readonly profile: ProfileMeta;
  /** Unit in the file. */
  readonly contract: MatrixContract;
  /** Unit in the cohort. */
  readonly unit: ExpressionUnit;
}

/**
 * Chooses the expression profile to read. Without a wish: a continuous one in log2(TPM+1), then one in TPM,
 * then a z-score, since scores have lost the magnitudes that library-size checks and pathway ranks use.
 *
 * @param wish a stable_id, the data file's name with or without .gz, the meta file's name, or a datatype
 * @returns undefined for a study without expression
 * @throws connectors.expression-profile-unknown listing those available; .expression-unit
 */
export function chooseExpressionProfile(
  profiles: readonly ProfileMeta[],
  wish: string | undefined,
): ExpressionProfile | undefined {
  const wanted = wish === undefined ? profiles : profiles.filter((profile) => namesOf(profile).has(wish.toLowerCase()));
  if (wish !== undefined && wanted.length === 0) {
    const available = describeAll(profiles);
    throw osteonError("connectors.expression-profile-unknown", { profile: wish, available });
  }
  const understood = wanted.flatMap((profile) => understandUnit(profile) ?? []);
  const order = [logTpmContract, tpmContract, zScoreContract];
  understood.sort((a, b) => order.indexOf(a.contract) - order.indexOf(b.contract));
  const best = understood[0];
  if (best === undefined && wanted.length > 0) {
    const others = profiles.filter((profile) => !wanted.includes(profile));
    const meta = wanted[0]!.meta.file;
    throw osteonError("connectors.expression-unit", { meta, available: describeAll(others) });
  }
  return best;
}

/** The stable id by which a profile is named in errors. */
function profileName(profile: ProfileMeta): string {
  return profile.meta.values.get("stable_id") ?? profile.meta.file;
}

function namesOf(profile: ProfileMeta): ReadonlySet<string> {
  const plain = profile.dataFile.replace(/\.gz$/i, "");
  const names = [profileName(profile), plain, `${plain}.gz`, profile.meta.file, profile.datatype];
  return new Set(names.map((name) => name.toLowerCase()));
}

function describeAll(profiles: readonly ProfileMeta[]): string {
  const texts = profiles.map((profile) => `${profileName(profile)} (${profile.datatype}, ${profile.dataFile})`);
  return texts.length === 0 ? "none" : texts.join("; ");
}

function understandUnit(profile: ProfileMeta): ExpressionProfile | undefined {
  if (profile.datatype === "Z-SCORE") return { profile, contract: zScoreContract, unit: "z-score" };
  const { values } = profile.meta;
  // The names first; the free description only if they leave it open.
  const names = [values.get("stable_id"), values.get("profile_name"), profile.dataFile].join(" ");
  const contract = unitNamedIn(names) ?? unitNamedIn(values.get("profile_description") ?? "");
  return contract === undefined ? undefined : { profile, contract, unit: "log2(TPM+1)" };
}

/** "log2(TPM+1)", "tpm_log2", "log2 TPM" or "TPM"; not FPKM, RSEM, counts, other logarithms or offsets. */
function unitNamedIn(text: string): MatrixContract | undefined {
  const words = text.toLowerCase();
  if (!words.includes("tpm") || /fpkm|rpkm|\bln\b|log10|log_?e/.test(words)) return undefined;
  const offset = /tpm\s*\+\s*([0-9.]+)/.exec(words)?.[1];
  if (offset !== undefined && Number(offset) !== 1) return undefined;
  return words.includes("log") ? logTpmContract : tpmContract;
}
