import type { DriftAnswer } from "@osteon/contracts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { formatDay } from "../../format/format.ts";
import { driftQuery } from "../../service/drift.ts";
import { driftTones } from "../drift/drift-state.ts";
import { Tile } from "./tile.tsx";

/** The worse of the two answers; where a check could not be made, that. */
export function DriftTile() {
  const { data, isError } = useQuery(driftQuery);
  if (isError) return <Tile title="Drift" value="Not known" tone="open" />;
  if (data === undefined) return <Tile title="Drift" value="…" />;
  const failure = data.input?.failure ?? data.output?.failure;
  if (failure) {
    return (
      <Tile title="Drift" value={<Link href="/drift">Not checked</Link>} tone="bad">
        The check failed, {formatDay(failure.at)}
      </Tile>
    );
  }
  const worst = worstOf(data);
  if (worst === undefined) return <Tile title="Drift" value="Not checked yet" />;
  const { check, at } = worst;
  const { name, tone } = driftTones[check.state];
  return (
    <Tile title="Drift" value={<Link href="/drift">{name}</Link>} tone={tone}>
      {check.reasons[0]?.what ?? "No difference beyond chance."} Checked {formatDay(at)}
    </Tile>
  );
}

function worstOf({ input, output }: DriftAnswer) {
  const checks = [input, output].flatMap((record) =>
    record?.check && record.checked_at !== null ? [{ check: record.check, at: record.checked_at }] : [],
  );
  const order = ["drift", "watch", "stable"];
  return checks.toSorted((a, b) => order.indexOf(a.check.state) - order.indexOf(b.check.state))[0];
}
