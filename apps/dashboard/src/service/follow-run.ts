import { runProgressSchema, type RunProgress } from "@osteon/contracts";
import { useEffect, useState } from "react";

/** How far the service's training run is, live; null while nothing is known of one. */
export function useRunProgress(isThere: boolean): RunProgress | null {
  const [progress, setProgress] = useState<RunProgress | null>(null);
  useEffect(() => {
    if (!isThere) return;
    const events = new EventSource("/runs/current/events");
    events.addEventListener("progress", ({ data }: MessageEvent<string>) => {
      setProgress(runProgressSchema.safeParse(JSON.parse(data)).data ?? null);
    });
    return () => events.close();
  }, [isThere]);
  return progress;
}
