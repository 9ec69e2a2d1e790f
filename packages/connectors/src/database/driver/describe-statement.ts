import type { Connection, FieldDef, Submittable } from "pg";
import type { ResultColumn } from "./sql-session.ts";

/** The messages of the protocol that `pg` sends and whose types it leaves out. */
interface ExtendedProtocol {
  parse(message: { readonly name: string; readonly text: string; readonly types: readonly number[] }): void;
  describe(message: { readonly type: "S" | "P"; readonly name: string }): void;
  sync(): void;
}

/**
 * Asks for the columns of a statement by Parse and Describe alone, without Bind and Execute, so nothing runs.
 * The client calls the methods as the answers arrive.
 */
export class StatementDescription implements Submittable {
  readonly columns: Promise<readonly ResultColumn[]>;
  readonly #text: string;
  readonly #resolve: (columns: readonly ResultColumn[]) => void;
  readonly #reject: (error: unknown) => void;
  #columns: readonly ResultColumn[] = [];

  constructor(text: string) {
    const { promise, resolve, reject } = Promise.withResolvers<readonly ResultColumn[]>();
    this.#text = text;
    this.columns = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: Connection): void {
    const protocol = connection as unknown as ExtendedProtocol;
    protocol.parse({ name: "", text: this.#text, types: [] });
    protocol.describe({ type: "S", name: "" });
    protocol.sync();
  }

  handleRowDescription({ fields }: { readonly fields: readonly FieldDef[] }): void {
    this.#columns = fields.map(({ name, dataTypeID }) => ({ name, typeId: dataTypeID }));
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#columns);
  }

  handleError(error: unknown): void {
    this.#reject(error);
  }
}
