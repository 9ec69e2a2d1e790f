import type { FieldProblem } from "@osteon/contracts";
import { OsteonError } from "@osteon/errors";

/** A request refused for what stands in some of its fields or parameters. */
export class RefusedFields extends OsteonError {
  readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super("service.invalid-request", { count: fields.length });
    this.fields = fields;
  }
}
