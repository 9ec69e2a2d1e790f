export type Tone = "good" | "bad" | "open" | "plain" | "air";

/** A state in a word, told by its text first and by its colour second. */
export function Chip({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return <span className={`chip ${tone}`}>{children}</span>;
}

export function GateChip({ passed }: { readonly passed: boolean | null }) {
  if (passed === null) return <Chip tone="open">cannot be told</Chip>;
  return passed ? <Chip tone="good">passed</Chip> : <Chip tone="bad">not passed</Chip>;
}
