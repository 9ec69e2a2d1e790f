import { Counter, Gauge, type Registry } from "prom-client";
import { driftStates, keyUses, type ReadSources } from "../sources/monitoring-sources.ts";
import { wordLabel } from "./word-label.ts";

/** What is told by the sources. A metric whose source does not know is left out, never 0. */
export class SourceMetrics {
  readonly #model: Gauge<"model_version" | "family" | "trained_on_simulated_patients">;
  readonly #gauges = new Map<string, Gauge>();
  readonly #drift: Gauge<"state">;
  readonly #keys: Gauge<"key">;
  readonly #health: Gauge<"source">;
  readonly #cacheHits: Counter;
  readonly #cacheMisses: Counter;
  readonly #registry: Registry;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#registry = registry;
    this.#model = new Gauge({
      name: "osteon_model_info",
      help: "The model on air: always 1.",
      labelNames: ["model_version", "family", "trained_on_simulated_patients"],
      registers,
    });
    this.#drift = new Gauge({
      name: "osteon_drift_state",
      help: "1 for the worse state of the last drift checks, 0 for the others.",
      labelNames: ["state"],
      registers,
    });
    this.#keys = new Gauge({
      name: "osteon_key_in_use_since_timestamp_seconds",
      help: "When a key was made, by what it is for.",
      labelNames: ["key"],
      registers,
    });
    this.#health = new Gauge({
      name: "osteon_source_up",
      help: "Whether what tells of the service's surroundings could be read.",
      labelNames: ["source"],
      registers,
    });
    this.#cacheHits = new Counter({
      name: "osteon_cache_hits_total",
      help: "Answers that came from the cache.",
      registers,
    });
    this.#cacheMisses = new Counter({
      name: "osteon_cache_misses_total",
      help: "Answers that the cache did not have.",
      registers,
    });
  }

  update({ readings, health }: ReadSources): void {
    const { model, drift, keysInUseSince, auditChain, diskSpace } = readings;
    this.#health.reset();
    for (const [name, works] of health) this.#health.set({ source: wordLabel(name) }, Number(works));

    this.#model.reset();
    if (model) {
      const { modelVersion: model_version, family, trainedOnSimulatedPatients } = model;
      this.#model.set(
        {
          model_version,
          family: family ?? "unknown",
          trained_on_simulated_patients: String(trainedOnSimulatedPatients),
        },
        1,
      );
    }
    this.#set(
      "osteon_model_loaded",
      "Whether a model is on air.",
      model === undefined ? undefined : Number(model !== null),
    );
    const score = model?.calibratedScore;
    this.#set(
      "osteon_model_calibrated_score",
      "Biological score of the model on air: 0 is no biology, 1 is as fresh real patients.",
      score?.value,
    );
    this.#set(
      "osteon_model_calibrated_score_lower",
      "Lower bound of the score, with about 95 %.",
      score?.lower ?? undefined,
    );
    this.#set(
      "osteon_model_calibrated_score_upper",
      "Upper bound of the score, with about 95 %.",
      score?.upper ?? undefined,
    );
    this.#set(
      "osteon_model_gate_passed",
      "Whether the model on air passed the release gate; left out where that cannot be told.",
      model?.gatePassed == null ? undefined : Number(model.gatePassed),
    );
    this.#set(
      "osteon_model_refused",
      "Whether what ought to be on air could not be taken.",
      readings.modelRefusal === undefined ? undefined : Number(readings.modelRefusal !== null),
    );

    this.#set("osteon_queue_depth", "Requests that wait for their turn.", readings.queueDepth);
    count(this.#cacheHits, readings.cacheHits);
    count(this.#cacheMisses, readings.cacheMisses);

    this.#drift.reset();
    if (drift)
      for (const state of driftStates) this.#drift.set({ state: wordLabel(state) }, Number(state === drift.state));
    this.#set(
      "osteon_drift_measured_timestamp_seconds",
      "When drift was checked last; of two questions the older check.",
      secondsOf(drift?.measuredAt),
    );
    this.#set(
      "osteon_backup_last_success_timestamp_seconds",
      "When the last whole backup was made; 0 where none ever was.",
      readings.lastBackup === null ? 0 : secondsOf(readings.lastBackup),
    );
    this.#set(
      "osteon_certificate_expiry_timestamp_seconds",
      "When the certificate of the service ends.",
      secondsOf(readings.certificateExpiry),
    );
    this.#set(
      "osteon_access_key_expiry_timestamp_seconds",
      "When the first of the access keys in use ends.",
      secondsOf(readings.firstKeyExpiry ?? undefined),
    );
    this.#keys.reset();
    for (const key of keyUses) {
      const since = secondsOf(keysInUseSince?.[key]);
      if (since !== undefined) this.#keys.set({ key }, since);
    }
    this.#set(
      "osteon_audit_chain_intact",
      "Whether the audit trail was whole when it was last checked.",
      auditChain === undefined ? undefined : Number(auditChain.intact),
    );
    this.#set(
      "osteon_audit_checked_timestamp_seconds",
      "When the audit trail was last checked.",
      secondsOf(auditChain?.checkedAt),
    );
    this.#set("osteon_disk_free_bytes", "Free on the disk with the service's data.", diskSpace?.freeBytes);
    this.#set("osteon_disk_size_bytes", "Size of that disk.", diskSpace?.sizeBytes);
  }

  #set(name: string, help: string, value: number | undefined): void {
    const gauge = this.#gauges.get(name) ?? new Gauge({ name, help, registers: [this.#registry] });
    this.#gauges.set(name, gauge);
    if (value === undefined || !Number.isFinite(value)) gauge.remove();
    else gauge.set(value);
  }
}

/** Takes over what somebody else counts. */
function count(counter: Counter, value: number | undefined): void {
  counter.reset();
  if (value === undefined) counter.remove();
  else counter.inc(value);
}

function secondsOf(date: Date | undefined): number | undefined {
  return date === undefined ? undefined : date.getTime() / 1000;
}
