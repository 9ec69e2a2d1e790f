import { defineErrors } from "../definition.ts";

export const pipelineErrors = defineErrors({});
