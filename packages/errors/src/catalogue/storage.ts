import { defineErrors } from "../definition.ts";

export const storageErrors = defineErrors({});
