import { useEffect, useRef, useState } from "react";
import { generate, type GeneratedCohort, type GenerationOrder } from "../../service/generate.ts";

/** Where the patients that were asked for are. */
export type Generation =
  | { readonly state: "nothing" }
  | { readonly state: "running"; readonly order: GenerationOrder; readonly patients: number }
  | { readonly state: "done"; readonly cohort: GeneratedCohort }
  | { readonly state: "cancelled" }
  | { readonly state: "failed"; readonly error: unknown; readonly order: GenerationOrder };

/** Asks for patients, one order at a time; going away from the page ends it as cancelling does. */
export function useGeneration() {
  const [generation, setGeneration] = useState<Generation>({ state: "nothing" });
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  const run = async (order: GenerationOrder): Promise<void> => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    // Of an order that another took the place of nothing is heard any more.
    const tell = (now: Generation): void => {
      if (running.current === controller) setGeneration(now);
    };
    tell({ state: "running", order, patients: 0 });
    try {
      const cohort = await generate(order, {
        signal: controller.signal,
        onPatients: (patients) => tell({ state: "running", order, patients }),
      });
      tell({ state: "done", cohort });
    } catch (error) {
      tell(controller.signal.aborted ? { state: "cancelled" } : { state: "failed", error, order });
    }
  };
  return { generation, run: (order: GenerationOrder) => void run(order), cancel: () => running.current?.abort() };
}
