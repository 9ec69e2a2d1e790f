import { osteonError } from "@osteon/errors";
import type { Unlock } from "@osteon/registry";

/** A mistyped one is asked for again, and no more often than this. */
const attempts = 3;

/** Passphrases that a person typed, kept in memory so that none is asked for twice. Prints as `[secret]`. */
export class TypedPassphrases {
  readonly #ask: (question: string) => Promise<string>;
  readonly #known = new Set<string>();
  /** Of who asks: two keys are not asked for at once. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @param ask shows a question and returns what is typed, which nobody sees */
  constructor(ask: (question: string) => Promise<string>) {
    this.#ask = ask;
  }

  /** Whether a person was asked, and so has to be there when this is started again. */
  get wereTyped(): boolean {
    return this.#known.size > 0;
  }

  /** Opens a key with one that was typed already, or asks for it. @throws `registry.wrong-passphrase` */
  readonly open: Unlock = (name, attempt) => {
    const turn = this.#turn.then(() => this.#open(name, attempt));
    this.#turn = turn.catch(() => undefined);
    return turn;
  };

  /** A new passphrase, typed twice. @throws `registry.passphrase` where the two differ */
  async choose(name: string): Promise<string> {
    const first = await this.#ask(`New passphrase for ${name}: `);
    if (first === (await this.#ask("The same again: "))) return first;
    throw osteonError("registry.passphrase", { place: "What was typed", reason: "the two are not the same" });
  }

  toJSON(): string {
    return "[secret]";
  }

  async #open(...[name, attempt]: Parameters<Unlock>): Promise<string> {
    for (const passphrase of this.#known) {
      const text = await attempt(passphrase);
      if (text !== undefined) return text;
    }
    for (let tries = 0; tries < attempts; tries++) {
      const passphrase = await this.#ask(`${tries === 0 ? "" : "That is not it. "}Passphrase of ${name}: `);
      const text = await attempt(passphrase);
      if (text === undefined) continue;
      this.#known.add(passphrase);
      return text;
    }
    throw osteonError("registry.wrong-passphrase", { file: name, place: "the terminal" });
  }
}
