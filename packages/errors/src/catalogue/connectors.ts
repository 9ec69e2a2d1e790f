import { defineErrors } from "../definition.ts";

export const connectorErrors = defineErrors({});
