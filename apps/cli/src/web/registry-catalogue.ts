import type { BrokenModel, ModelMove, ModelSummary } from "@osteon/contracts";
import { OsteonError, osteonError } from "@osteon/errors";
import { proveModel, summariseFacts } from "@osteon/pipeline";
import {
  openPackage,
  type Identity,
  type ModelRegistry,
  type MoveRequest,
  type ProductionMove,
  type SigningKey,
} from "@osteon/registry";
import type { ModelCatalogue, MoveOrder } from "@osteon/service";
import { viewPackage, type PackageViews } from "./package-views.ts";

export interface RegistryCatalogueOptions {
  readonly registry: ModelRegistry;
  readonly identity: Identity;
  /** Null where this service may not sign: then nothing is moved from here. */
  readonly signingKey: SigningKey | null;
}

/** Views of so many versions are kept: opening one takes longer than all else of an answer. */
const mostKept = 32;

/** The catalogue of a service that follows a registry. */
export function catalogueOfRegistry({ registry, identity, signingKey }: RegistryCatalogueOptions): ModelCatalogue {
  const kept = new Map<string, PackageViews>();
  const view = async (version: string): Promise<PackageViews> => {
    const known = kept.get(version);
    if (known !== undefined) return known;
    const { sealed, facts } = await registry.fetch(version);
    const views = viewPackage(await openPackage(sealed, identity, `model ${version}`), summariseFacts(facts, false));
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
    kept.set(version, views);
    return views;
  };
  const look = <T>(version: string, take: (views: PackageViews) => T) =>
    translating(async () => take(await view(version)));
  const order = ({ by, reason }: MoveOrder, key: SigningKey): MoveRequest => ({
    key,
    by,
    reason,
    prove: async ({ sealed, facts }) => {
      await proveModel(await openPackage(sealed, identity, `model ${facts.modelVersion}`));
    },
  });
  return {
    list: () =>
      translating(async () => {
        const versions = await registry.list();
        const models: ModelSummary[] = [];
        const broken: BrokenModel[] = [];
        for (const { version, onAir, facts } of versions) {
          if (facts !== null) models.push(summariseFacts(facts, onAir));
          else broken.push({ version, on_air: onAir, code: await codeOfBroken(registry, version) });
        }
        return { models, broken };
      }),
    read: (version) =>
      translating(async () => {
        const { detail } = await view(version);
        return { ...detail, on_air: (await registry.current())?.version === version };
      }),
    report: (version) => look(version, ({ report }) => report),
    card: (version) => look(version, ({ card }) => card),
    reference: (version) => look(version, ({ reference }) => reference),
    history: () => translating(async () => (await registry.history()).map(describeMove)),
    moves: signingKey && {
      promote: (version, { override, ...rest }) =>
        translating(async () =>
          describeMove(await registry.promote(version, { ...order(rest, signingKey), override })),
        ),
      rollback: (to, rest) =>
        translating(async () => describeMove(await registry.rollback(to, order(rest, signingKey)))),
    },
  };
}

function describeMove({ sequence, action, version, from, at, by, reason, overridden }: ProductionMove): ModelMove {
  return { sequence, action, version, from, at, by, reason, overridden: [...overridden] };
}

async function codeOfBroken(registry: ModelRegistry, version: string): Promise<string> {
  return registry.fetch(version).then(
    () => "internal",
    (error: unknown) => (error instanceof OsteonError ? error.code : "internal"),
  );
}

/** Says the registry's refusals in words for clients: without the names of its files and keys. */
async function translating<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof OsteonError ? translate(error) : error;
  }
}

function translate(error: OsteonError): OsteonError {
  const { code, parameters } = error;
  const version = String(parameters["version"] ?? "");
  switch (code) {
    case "registry.version-unknown":
      return osteonError("service.model-unknown", {}, { cause: error });
    case "registry.gate":
      return osteonError(
        "service.gate-not-passed",
        { version, reasons: String(parameters["reasons"]) },
        { cause: error },
      );
    case "registry.override-reason":
      return osteonError("service.override-reason", { version }, { cause: error });
    case "registry.no-rollback":
      return osteonError("service.no-rollback", {}, { cause: error });
    case "registry.moved-meanwhile":
      return osteonError("service.moved-meanwhile", {}, { cause: error });
    default:
      return /^(?:registry|pipeline|safetensors|generator)\./.test(code)
        ? osteonError("service.model-refused", { code }, { cause: error })
        : error;
  }
}
