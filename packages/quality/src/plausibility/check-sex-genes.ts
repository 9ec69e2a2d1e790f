import type { Cohort } from "@osteon/cohort";
import type { Finding } from "../quality-report.ts";

/** Expressed from the X chromosome that women silence, so in women alone. */
const womensGene = "XIST";
/** On the part of the Y chromosome that has no like on X, and expressed in all tissues (Toker et al. 2016). */
const mensGenes = ["RPS4Y1", "DDX3Y", "KDM5D", "EIF1AY", "UTY", "USP9Y", "ZFY"];
/** In log2(TPM+1): three transcripts per million and more are expression, under a half are stray reads. */
const expressed = 2;
const silent = 0.58;

/**
 * Sex by expression against sex by record: who differs has another's sample. Only what a tumour cannot do counts: it
 * may lose Y or stop silencing X, but a woman's does not express Y, nor a man's XIST without Y.
 * Source: Toker et al. 2016 (F1000Research 5:2103), who found such samples in 46 % of studies.
 */
export function checkSexGenes({ clinical, expression, patientIds }: Cohort): Finding[] {
  const { genes, values, unit } = expression;
  const place = (gene: string) => genes.indexOf(gene);
  const onY = mensGenes.map(place).filter((column) => column >= 0);
  if (onY.length === 0 || unit !== "log2(TPM+1)") return [];
  const xist = place(womensGene);
  let compared = 0;
  let differing = 0;
  for (let row = 0; row < patientIds.length; row++) {
    const known = onY.map((column) => values[row * genes.length + column]!).filter((value) => !Number.isNaN(value));
    if (clinical.male[row]! < 0 || known.length === 0) continue;
    compared++;
    const y = known.reduce((sum, value) => sum + value, 0) / known.length;
    const x = xist < 0 ? NaN : values[row * genes.length + xist]!;
    const isOther = clinical.male[row] === 1 ? y < silent && x >= expressed : y >= expressed;
    if (isOther) differing++;
  }
  if (differing === 0) return [];
  const isCoding = differing > compared / 2;
  return [
    {
      level: "warning",
      code: "sex-mismatch",
      message:
        `sex: in ${differing} of ${compared} patients the sex on record is not that of the tumour's genes. ` +
        (isCoding
          ? "Sex is probably coded the other way round"
          : "Their samples were probably swapped with others', or belong to other patients: follow them back"),
    },
  ];
}
