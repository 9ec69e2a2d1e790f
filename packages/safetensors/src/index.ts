export { decodeSafetensors, encodeSafetensors, type Tensor, type TensorData, type TensorFile } from "./safetensors.ts";
