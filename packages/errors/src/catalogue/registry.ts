import { defineErrors } from "../definition.ts";

export const registryErrors = defineErrors({
  "safetensors.malformed": {
    category: "input",
    status: 422,
    template: "The tensor file cannot be read: {reason}",
    remedy: "Take an unaltered copy of the file",
    retryable: false,
  },
});
