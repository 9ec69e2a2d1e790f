import { defineErrors } from "../definition.ts";

export const qualityErrors = defineErrors({});
