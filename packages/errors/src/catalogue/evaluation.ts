import { defineErrors } from "../definition.ts";

export const evaluationErrors = defineErrors({});
