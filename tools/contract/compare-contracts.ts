import type { ApiDocument, ApiOperation, JsonSchema, MediaType } from "../../packages/service/src/openapi-document.ts";
import { compareSchemas, type ContractBreak, type Versions } from "./compare-schemas.ts";

export type { ContractBreak };

/**
 * What a client of the old contract could do and cannot under the new one: an address, a method, a parameter, a
 * media type or a field that is gone, a value that is not taken or not given any more, a limit that is narrower,
 * something that is required where it was not. What is added is no break.
 */
export function compareContracts(before: ApiDocument, now: ApiDocument): readonly ContractBreak[] {
  return Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const at = `${method.toUpperCase()} ${path}`;
      const present = now.paths[path]?.[method];
      if (present === undefined) return [{ at, what: "the operation is gone" }];
      const comparison = new OperationComparison({ before, now }, { before: operation, now: present }, at);
      return comparison.compare();
    }),
  );
}

class OperationComparison {
  readonly #documents: Versions<ApiDocument>;
  readonly #before: ApiOperation;
  readonly #now: ApiOperation;
  readonly #at: string;

  constructor(documents: Versions<ApiDocument>, { before, now }: Versions<ApiOperation>, at: string) {
    this.#documents = documents;
    this.#before = before;
    this.#now = now;
    this.#at = at;
  }

  compare(): readonly ContractBreak[] {
    return [...this.#compareAccess(), ...this.#compareParameters(), ...this.#compareBody(), ...this.#compareAnswers()];
  }

  #compareAccess(): readonly ContractBreak[] {
    const schemesOf = ({ security = [] }: ApiOperation) => security.flatMap((scheme) => Object.keys(scheme));
    const [old, present] = [schemesOf(this.#before), schemesOf(this.#now)];
    if (old.length === 0 && present.length > 0) return [{ at: this.#at, what: "it was open to anyone, and is not" }];
    return old
      .filter((name) => present.length > 0 && !present.includes(name))
      .map((name) => ({ at: this.#at, what: `access by ${name} is gone` }));
  }

  #compareParameters(): readonly ContractBreak[] {
    const nameOf = (parameter: { readonly in: string; readonly name: string }) => `${parameter.in} ${parameter.name}`;
    const old = new Map((this.#before.parameters ?? []).map((parameter) => [nameOf(parameter), parameter]));
    const present = new Map((this.#now.parameters ?? []).map((parameter) => [nameOf(parameter), parameter]));
    const demanded = [...present]
      .filter(([name, { required = false }]) => required && old.get(name)?.required !== true)
      .map(([name]) => ({ at: `${this.#at}, ${name}`, what: "the parameter became required" }));
    const shared = [...old].flatMap(([name, parameter]) => {
      const at = `${this.#at}, ${name}`;
      const counterpart = present.get(name);
      return counterpart === undefined
        ? [{ at, what: "the parameter is gone" }]
        : this.#compareSchemas(parameter.schema, counterpart.schema, "request", at);
    });
    return [...demanded, ...shared];
  }

  #compareBody(): readonly ContractBreak[] {
    const at = `${this.#at}, body`;
    const [old, present] = [this.#before.requestBody, this.#now.requestBody];
    const demanded =
      present?.required === true && old?.required !== true ? [{ at, what: "a body became required" }] : [];
    return [...demanded, ...this.#compareContent(old?.content ?? {}, present?.content ?? {}, "request", at)];
  }

  #compareAnswers(): readonly ContractBreak[] {
    return Object.entries(this.#before.responses).flatMap(([status, old]) => {
      const at = `${this.#at}, answer ${status}`;
      const present = this.#now.responses[status];
      // A refusal that does not come any more harms nobody.
      if (present === undefined) return status.startsWith("2") ? [{ at, what: "the answer is gone" }] : [];
      const headers = Object.keys(old.headers ?? {})
        .filter((name) => present.headers?.[name] === undefined)
        .map((name) => ({ at: `${at}, header ${name}`, what: "the header is gone" }));
      return [...headers, ...this.#compareContent(old.content ?? {}, present.content ?? {}, "response", at)];
    });
  }

  #compareContent(
    old: Readonly<Record<string, MediaType>>,
    present: Readonly<Record<string, MediaType>>,
    direction: "request" | "response",
    at: string,
  ): readonly ContractBreak[] {
    return Object.entries(old).flatMap(([mediaType, { schema }]) => {
      const counterpart = present[mediaType];
      return counterpart === undefined
        ? [{ at, what: `${mediaType} is gone` }]
        : this.#compareSchemas(schema, counterpart.schema, direction, at);
    });
  }

  #compareSchemas(before: JsonSchema, now: JsonSchema, direction: "request" | "response", at: string) {
    return compareSchemas({ before, now }, this.#documents, direction, at);
  }
}
