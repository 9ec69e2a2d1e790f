import type { Configuration } from "@osteon/contracts";
import { checkOutput, type OpenedReference } from "@osteon/pipeline";
import { openPackage, readIdentity, type KeySource, type PackageFacts, type ProductionMove } from "@osteon/registry";
import { openRegistry, type RegistryPlace } from "../registry/open-registry.ts";

/** What is on air according to the registry, its signature checked. */
interface OnAir {
  readonly move: ProductionMove;
  /** The last time that its gate was asked: a rollback does not ask again. */
  readonly promotion: ProductionMove | undefined;
  readonly facts: PackageFacts;
  readonly sealed: Uint8Array;
}

/** The files of an installation. What several checks need is read once. */
export interface Installation {
  readonly configuration: Configuration;
  readonly place: RegistryPlace;
  readonly keysDirectory: string;
  /** Undefined where no key is named. */
  readonly identity: KeySource | undefined;
  /** Undefined where nothing is on air. @throws what opening the registry and checking history and signature throw */
  onAir(): Promise<OnAir | undefined>;
  /** Undefined without a key, or where nothing is on air. @throws as {@link onAir}, and what opening throws */
  opened(): Promise<OpenedReference | undefined>;
  /** What the model gives now beside what it gave when it was sealed; undefined as {@link opened}. */
  output(signal: AbortSignal): Promise<OutputComparison | undefined>;
}

/** One draw compared, and a second one where the first was called drift: one in twenty is, by chance. */
type OutputComparison = readonly [first: OutputCheck, second?: OutputCheck];
type OutputCheck = Awaited<ReturnType<typeof checkOutput>>;

/** As many as the reference was made of. */
const comparedPatients = 1_000;
/** Always the same, so that the same model is judged in the same way at every look. */
const seeds = [20_260_101, 20_260_102] as const;

export function openInstallation(
  about: Pick<Installation, "configuration" | "place" | "keysDirectory" | "identity">,
): Installation {
  const { place, identity: source } = about;
  const onAir = once(async (): Promise<OnAir | undefined> => {
    const registry = await openRegistry(place);
    const history = await registry.history();
    const move = history.at(-1);
    if (move === undefined) return undefined;
    const promotion = history.findLast(({ action, version }) => action === "promote" && version === move.version);
    return { move, promotion, ...(await registry.fetch(move.version)) };
  });
  const opened = once(async (): Promise<OpenedReference | undefined> => {
    const found = await onAir();
    if (found === undefined || source === undefined) return undefined;
    const identity = await readIdentity(source);
    const file = `model ${found.move.version}`;
    return { opened: await openPackage(found.sealed, identity, file), identity, file };
  });
  let output: Promise<OutputComparison | undefined> | undefined;
  return {
    ...about,
    onAir,
    opened,
    output: (signal) => (output ??= compareOutput(opened, signal)),
  };
}

async function compareOutput(open: Installation["opened"], signal: AbortSignal): Promise<OutputComparison | undefined> {
  const reference = await open();
  if (reference === undefined) return undefined;
  const draw = (seed: number) => checkOutput({ ...reference, count: comparedPatients, seed, signal });
  const first = await draw(seeds[0]);
  return first.state === "drift" ? [first, await draw(seeds[1])] : [first];
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}
