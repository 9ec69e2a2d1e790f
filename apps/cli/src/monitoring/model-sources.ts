import type { ModelOnAir, MonitoringSources } from "@osteon/monitoring";
import { factsOfPackage } from "@osteon/pipeline";
import type { ModelRegistry, OpenedPackage, PackageFacts } from "@osteon/registry";
import type { ProductionFollower } from "../registry/follow-production.ts";

/** What a package that is served by its name tells of itself. */
export function sourcesOfPackage(opened: OpenedPackage): MonitoringSources {
  const { modelVersion, family, training } = opened.manifest;
  const model: ModelOnAir =
    opened.records["validation"] === undefined
      ? {
          modelVersion,
          family,
          trainedOnSimulatedPatients: training.simulated,
          calibratedScore: null,
          gatePassed: null,
        }
      : describeFacts(factsOfPackage(opened));
  return { model: () => model, modelRefusal: () => null };
}

/** What the signature of the version on air tells. It is read anew when another version is on air, not at every scrape. */
export function sourcesOfProduction(registry: ModelRegistry, follower: ProductionFollower): MonitoringSources {
  let known: ModelOnAir | undefined;
  return {
    model: async () => {
      const version = follower.current()?.modelVersion;
      if (version === undefined) return null;
      if (known?.modelVersion !== version) known = describeFacts((await registry.fetch(version)).facts);
      return known;
    },
    modelRefusal: () => follower.refusal() ?? null,
  };
}

function describeFacts(facts: PackageFacts): ModelOnAir {
  const { modelVersion, family, trainedOnSimulatedPatients, calibratedScore, gate } = facts;
  return { modelVersion, family, trainedOnSimulatedPatients, calibratedScore, gatePassed: gate.passed };
}
