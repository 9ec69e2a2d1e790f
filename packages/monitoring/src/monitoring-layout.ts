import { join } from "node:path";

/** What is where in the directory of the monitoring. */
export function monitoringLayout(directory: string): { readonly usage: string; readonly alerts: string } {
  return { usage: join(directory, "usage"), alerts: join(directory, "alerts.json") };
}
