import { defineErrors } from "../definition.ts";

export const networkErrors = defineErrors({
  "network.shape": {
    category: "internal",
    status: 500,
    template: "The operation {operation} cannot take tensors of shape {shapes}",
    remedy: "Build the network with sizes that fit",
    retryable: false,
  },
  "network.unknown-size": {
    category: "internal",
    status: 500,
    template: "The size of dimension {dimension} must be a number here",
    remedy: "Build the graph of a training step with a fixed batch size",
    retryable: false,
  },
  "network.duplicate-name": {
    category: "internal",
    status: 500,
    template: "Two inputs, parameters or outputs of a network are named {name}",
    remedy: "Give each a name of its own",
    retryable: false,
  },
  "network.feed": {
    category: "internal",
    status: 500,
    template:
      "The input {name} of a network is missing or has another size than its shape: {found} of {expected} values",
    remedy: "Give each input of the graph an array of its size",
    retryable: false,
  },
  "network.weights": {
    category: "input",
    status: 422,
    template: "The weights of the parameter {name} are missing or have another size: {found} of {expected} values",
    remedy: "Take weights that were made for this network",
    retryable: false,
  },
  "network.calibration": {
    category: "internal",
    status: 500,
    template: "A network cannot be written in int8: {reason}",
    remedy: "Measure the activation ranges of this network on batches as it gets them in use",
    retryable: false,
  },
  "network.runtime": {
    category: "internal",
    status: 500,
    template: "ONNX Runtime cannot {action} a network on the device {device}",
    remedy: "Look at the cause; if the device is not cpu, try training.device: cpu",
    retryable: false,
  },
  "network.device": {
    category: "configuration",
    status: 422,
    template: "This machine has no {device} device that ONNX Runtime can use",
    remedy:
      "Set training.device: cpu, or install the device's driver and, for cuda, the provider libraries of " +
      "onnxruntime-node; node bench/devices.ts says what works",
    retryable: false,
  },
  "network.option": {
    category: "configuration",
    status: 422,
    template: "The training option {option} is not {allowed}",
    remedy: "Choose {option} in that range",
    retryable: false,
  },
  "network.diverged": {
    category: "input",
    status: 422,
    template: "Training diverged at step {step}: the {quantity} is not a finite number",
    remedy: "Lower the learning rate, or look in the cohort for values of the wrong unit",
    retryable: false,
  },
  "network.checkpoint": {
    category: "input",
    status: 422,
    template: "The checkpoint does not fit this training: {reason}",
    remedy: "Resume with the options, network and version that wrote the checkpoint, or train from the start",
    retryable: false,
  },
  "network.worker": {
    category: "internal",
    status: 500,
    template: "The training thread ended with code {exitCode} before its result",
    remedy: "Look at the log for lack of memory; give training fewer patients or genes, or more memory",
    retryable: true,
  },
});
