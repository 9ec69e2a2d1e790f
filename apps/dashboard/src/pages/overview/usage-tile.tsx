import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { countOf, formatCount, formatDuration } from "../../format/format.ts";
import { usageQuery } from "../../service/usage.ts";
import { Tile } from "./tile.tsx";

export function UsageTile() {
  const { data, isError } = useQuery(usageQuery("day"));
  if (isError) return <Tile title="Usage today" value="Not known" tone="open" />;
  if (data === undefined) return <Tile title="Usage today" value="…" />;
  const today = data.at(-1);
  if (today === undefined) return <Tile title="Usage today" value="None yet" />;
  return (
    <Tile
      title="Usage today"
      value={<Link href="/usage">{countOf(today.requests, "request")}</Link>}
      {...(today.errors > 0 && { tone: "open" })}
    >
      {countOf(today.patients, "patient")} generated, {formatCount(today.errors)} errors
      {today.p99_ms !== null && `, 99 of 100 within ${formatDuration(today.p99_ms)}`}
    </Tile>
  );
}
