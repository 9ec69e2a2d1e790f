import { osteonError } from "@osteon/errors";
import type { MoveLog } from "./production/move-log.ts";
import { signMove, verifyMoves, type ProductionMove, type SignedMove } from "./production/production-move.ts";
import { findRollbackTarget, versionsOnCall } from "./production/rollback-target.ts";
import { verifyPackage, type PackageFacts } from "./signature/package-statement.ts";
import type { SigningKey, VerificationKey } from "./signature/signing-key.ts";
import type { PackageStore, StoredPackage } from "./store/package-store.ts";

export interface RegistryOptions {
  readonly packages: PackageStore;
  readonly moves: MoveLog;
  /** Keys whose signatures count, for packages and for moves. */
  readonly trusted: readonly VerificationKey[];
}

/** A version whose signature was checked. */
export interface RegisteredPackage {
  readonly facts: PackageFacts;
  readonly sealed: Uint8Array;
}

/** A version as a list shows it; `problem` in place of facts where it does not hold. */
export type RegisteredVersion = {
  readonly version: string;
  readonly onAir: boolean;
} & ({ readonly facts: PackageFacts; readonly problem: null } | { readonly facts: null; readonly problem: string });

/** Who moves the pointer, and why. */
export interface MoveRequest {
  readonly key: SigningKey;
  readonly by: string;
  readonly reason: string;
  /**
   * Shows that the model works before anything is moved: opens, loads and samples it. What it throws stops the move.
   */
  readonly prove: (found: RegisteredPackage) => Promise<void>;
  readonly now?: Date;
}

export interface PromotionRequest extends MoveRequest {
  /** Promotes in spite of a gate that was not passed; needs a reason, which the history keeps. */
  readonly override: boolean;
}

/**
 * The sealed models of a site and which one is on air. Versions are immutable; what is on air is the last entry of
 * a signed and chained history of moves, so that moving is one atomic step and who moved it cannot be rewritten.
 */
export class ModelRegistry {
  readonly #packages: PackageStore;
  readonly #moves: MoveLog;
  readonly #trusted: readonly VerificationKey[];

  constructor({ packages, moves, trusted }: RegistryOptions) {
    this.#packages = packages;
    this.#moves = moves;
    this.#trusted = trusted;
  }

  /**
   * Takes a signed package in. A version that is there already is left as it is.
   *
   * @returns its facts, and whether it is new
   * @throws `registry.signature`, `registry.altered`
   */
  async add(stored: StoredPackage, file: string): Promise<{ readonly facts: PackageFacts; readonly isNew: boolean }> {
    const facts = verifyPackage(stored.sealed, stored.envelope, this.#trusted, file);
    return { facts, isNew: await this.#packages.create(facts.modelVersion, stored) };
  }

  /** Every version, newest first, each checked; one that does not hold is told and does not hide the others. */
  async list(): Promise<readonly RegisteredVersion[]> {
    const onAir = (await this.current())?.version;
    const versions: RegisteredVersion[] = [];
    for (const version of await this.#packages.list()) {
      const about = { version, onAir: version === onAir };
      try {
        versions.push({ ...about, facts: (await this.fetch(version)).facts, problem: null });
      } catch (error) {
        versions.push({ ...about, facts: null, problem: (error as Error).message });
      }
    }
    return versions.sort((a, b) => (b.facts?.createdAt ?? "").localeCompare(a.facts?.createdAt ?? ""));
  }

  /**
   * A version, its signature checked.
   *
   * @throws `registry.version-unknown`, `registry.signature`, `registry.altered`
   */
  async fetch(version: string): Promise<RegisteredPackage> {
    const stored = await this.#packages.get(version);
    if (stored === undefined) throw osteonError("registry.version-unknown", { version, registry: this.#packages.name });
    const file = `model ${version}`;
    const facts = verifyPackage(stored.sealed, stored.envelope, this.#trusted, file);
    if (facts.modelVersion !== version) {
      throw osteonError("registry.altered", { file, part: "its place: it is another version" });
    }
    return { facts, sealed: stored.sealed };
  }

  /** Every move, checked, oldest first. @throws `registry.signature`, `registry.history` */
  async history(): Promise<readonly ProductionMove[]> {
    return (await this.#history()).map(({ move }) => move);
  }

  /** The move that put on air what is on air; undefined where nothing is. */
  async current(): Promise<ProductionMove | undefined> {
    return (await this.#history()).at(-1)?.move;
  }

  /**
   * Puts a version on air. The gate is the one that the version's signature covers.
   *
   * @throws `registry.gate` with the reasons, `registry.override-reason`, `registry.moved-meanwhile`,
   *   and what {@link fetch} and the proof throw
   */
  async promote(version: string, request: PromotionRequest): Promise<ProductionMove> {
    const found = await this.fetch(version);
    const { passed, reasons } = found.facts.gate;
    if (passed !== true) {
      if (!request.override) throw osteonError("registry.gate", { version, reasons: reasons.join(" ") });
      if (request.reason.trim() === "") throw osteonError("registry.override-reason", { version });
    }
    return this.#move("promote", found, request, passed === true ? [] : reasons);
  }

  /**
   * Puts an earlier version back on air: by default the one before the present one. It is proven first, and the gate
   * is not asked again: it stood when the version was promoted, and a rollback must not be held up.
   *
   * @throws `registry.no-rollback`, `registry.moved-meanwhile`, and what {@link fetch} and the proof throw
   */
  async rollback(to: string | undefined, request: MoveRequest): Promise<ProductionMove> {
    const target = findRollbackTarget(await this.history(), to);
    return this.#move("rollback", await this.fetch(target), request, []);
  }

  /**
   * Removes all but the `keep` newest versions; never what is on air nor what a rollback would go back to.
   *
   * @returns the versions removed
   */
  async prune(keep: number): Promise<readonly string[]> {
    const onCall = versionsOnCall(await this.history());
    const removable = (await this.list()).slice(keep).filter(({ version }) => !onCall.has(version));
    for (const { version } of removable) await this.#packages.remove(version);
    return removable.map(({ version }) => version);
  }

  /**
   * Replaces a version's seal and signature, where its content stays what it was.
   *
   * @throws `registry.altered` where it does not, and what {@link fetch} throws
   */
  async reseal(version: string, stored: StoredPackage): Promise<void> {
    const before = (await this.fetch(version)).facts;
    const after = verifyPackage(stored.sealed, stored.envelope, this.#trusted, `model ${version}`);
    if (after.contentDigest !== before.contentDigest) {
      throw osteonError("registry.altered", { file: `model ${version}`, part: "its content" });
    }
    await this.#packages.replace(version, stored);
  }

  async #history(): Promise<readonly SignedMove[]> {
    return verifyMoves(await this.#moves.list(), this.#trusted, this.#moves.name);
  }

  async #move(
    action: ProductionMove["action"],
    found: RegisteredPackage,
    { key, by, reason, prove, now = new Date() }: MoveRequest,
    overridden: readonly string[],
  ): Promise<ProductionMove> {
    const version = found.facts.modelVersion;
    const last = (await this.#history()).at(-1);
    await prove(found);
    const about = { action, version, at: now.toISOString(), by, reason, overridden: [...overridden] };
    const { move, envelope } = signMove(about, last, key);
    if (!(await this.#moves.append(move.sequence, envelope))) {
      throw osteonError("registry.moved-meanwhile", { sequence: move.sequence });
    }
    return move;
  }
}
