import { defineErrors } from "../definition.ts";

export const serviceErrors = defineErrors({});
