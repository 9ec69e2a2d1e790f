type Listener = (modelVersion: string, durationMs: number) => void;

/** Tells of models that were loaded, also to who listens only after the first: it is loaded before there is a service. */
export class ModelLoads {
  readonly #before: Parameters<Listener>[] = [];
  #listener: Listener | undefined;

  record(modelVersion: string, durationMs: number): void {
    if (this.#listener === undefined) this.#before.push([modelVersion, durationMs]);
    else this.#listener(modelVersion, durationMs);
  }

  listen(listener: Listener): void {
    this.#listener = listener;
    for (const load of this.#before.splice(0)) listener(...load);
  }
}
