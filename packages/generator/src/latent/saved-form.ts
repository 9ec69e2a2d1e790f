import { osteonError } from "@osteon/errors";
import type { Tensor } from "@osteon/safetensors";
import { readFactorCopula, saveFactorCopula } from "../factor-copula/saved-form.ts";
import type { NeuralFamily, SavedModel } from "../model.ts";
import { tensorOf } from "../saved-tensor.ts";
import type { LatentModelParameters } from "./latent-model.ts";
import type { LatentNetwork } from "./latent-network.ts";

interface Description extends Record<string, unknown> {
  readonly copula: Readonly<Record<string, unknown>>;
  readonly network: LatentNetwork["description"];
}

const networkPrefix = "network/";

/** Plain values of a fitted model: the copula's, the calibration, and the weights under `network/`. */
export function saveLatentModel({ family, copula, calibration, network }: LatentModelParameters): SavedModel {
  const saved = saveFactorCopula(copula);
  const { turnBack, centres, deviations } = calibration;
  const genomic = Math.sqrt(turnBack.length);
  const weights = Object.entries(network.weights).map(([name, data]): [string, Tensor] => [
    networkPrefix + name,
    { shape: [data.length], data },
  ]);
  const description: Description = { copula: saved.description, network: network.description };
  return {
    family,
    description,
    tensors: {
      ...saved.tensors,
      latent_turn_back: { shape: [genomic, genomic], data: turnBack },
      latent_centres: { shape: [centres.length], data: centres },
      latent_deviations: { shape: [deviations.length], data: deviations },
      ...Object.fromEntries(weights),
    },
  };
}

/** Reads back what {@link saveLatentModel} wrote. Throws `generator.malformed-model`. */
export function readLatentModel(family: NeuralFamily, saved: SavedModel): LatentModelParameters {
  const description = saved.description as Description;
  for (const name of ["copula", "network"] as const) {
    if (typeof description[name] !== "object") throw osteonError("generator.malformed-model", { family, name });
  }
  const copula = readFactorCopula({ ...saved, description: description.copula });
  const { mutationCuts, copyNumberCuts } = copula.marginals;
  const genomic = mutationCuts.length + copyNumberCuts.length;
  const dimensions = genomic + copula.expression.rank;
  const names = Object.keys(saved.tensors).filter((name) => name.startsWith(networkPrefix));
  return {
    family,
    copula,
    calibration: {
      turnBack: tensorOf(saved, "latent_turn_back", Float64Array, genomic * genomic),
      centres: tensorOf(saved, "latent_centres", Float64Array, dimensions),
      deviations: tensorOf(saved, "latent_deviations", Float64Array, dimensions),
    },
    network: {
      description: description.network,
      weights: Object.fromEntries(
        names.map((name) => [name.slice(networkPrefix.length), tensorOf(saved, name, Float32Array)]),
      ),
    },
  };
}
