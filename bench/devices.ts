// The same training steps on every device that this installation of ONNX Runtime knows: processor, CUDA, WebGPU.
//
//   node bench/devices.ts [--json]
//
// Wall-clock milliseconds of one step whole (forward, backward, gradients back in memory, clipping, AdamW, moving
// average), best of three medians. A device that this machine does not have is said so, with the runtime's reason.
import { parseArgs } from "node:util";
import { listDevices } from "@osteon/network";
import { measureDeviceStep, type DeviceStep } from "./measures/device-step.ts";
import { formatTable } from "./measures/text-table.ts";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const cases = (["denoiser", "cVAE"] as const).flatMap((kind) =>
  [64, 5_116].flatMap((width) => [16, 64, 256].map((batch) => ({ kind, width, batch }))),
);

const measured: { device: string; steps: DeviceStep[]; unusable?: string }[] = [];
for (const device of listDevices()) {
  const steps: DeviceStep[] = [];
  try {
    for (const { kind, width, batch } of cases) steps.push(await measureDeviceStep(kind, batch, width, device));
    measured.push({ device, steps });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    measured.push({ device, steps, unusable: cause.split("\n")[0]! });
  }
}

if (values.json) console.log(JSON.stringify(measured, undefined, 2));
else {
  const usable = measured.filter(({ unusable }) => unusable === undefined);
  const cpu = usable.find(({ device }) => device === "cpu")!;
  console.log(
    formatTable(
      ["network", "inputs", "batch", ...usable.flatMap(({ device }) => [`${device} ms`, "of cpu"])],
      cases.map(({ kind, width, batch }, k) => [
        kind,
        width.toLocaleString("en"),
        String(batch),
        ...usable.flatMap(({ steps }) => [
          steps[k]!.milliseconds.toFixed(2),
          (steps[k]!.milliseconds / cpu.steps[k]!.milliseconds).toFixed(2),
        ]),
      ]),
    ),
  );
  for (const { device, unusable } of measured) {
    if (unusable !== undefined) console.log(`\n${device} cannot be used here: ${unusable}`);
  }
}
