import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { formatDay } from "../../format/format.ts";
import { driftQuery } from "../../service/drift.ts";
import { driftTones } from "../drift/drift-state.ts";
import { Tile } from "./tile.tsx";

export function DriftTile() {
  const { data, isError } = useQuery(driftQuery);
  if (isError) return <Tile title="Drift" value="Not known" tone="open" />;
  const last = data?.input ?? data?.output;
  if (!last) return <Tile title="Drift" value={data === undefined ? "…" : "Not checked yet"} />;
  const { state, reasons } = last.check;
  return (
    <Tile title="Drift" value={<Link href="/drift">{driftTones[state].name}</Link>} tone={driftTones[state].tone}>
      {reasons[0]?.what ?? "No difference beyond chance"}, {formatDay(last.checked_at)}
    </Tile>
  );
}
