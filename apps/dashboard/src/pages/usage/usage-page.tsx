import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { LatencyChart, RequestsChart } from "../../charts/usage-chart.tsx";
import { formatCount, formatDuration, formatShare } from "../../format/format.ts";
import { hasPart } from "../../service/session.ts";
import { usageQuery, type UsageEntry, type UsagePeriod } from "../../service/usage.ts";
import { Choices } from "../../shell/choices.tsx";
import { Page } from "../../shell/page.tsx";
import { Panel } from "../../shell/panel.tsx";
import { useSession } from "../../shell/session-context.tsx";
import { NotConfigured } from "../../states/not-configured.tsx";
import { QueryView } from "../../states/query-view.tsx";
import { StatePage } from "../../states/state-page.tsx";

/** How much the service is asked, and how fast it answers; never what it was asked. */
export function UsagePage() {
  const isThere = hasPart(useSession(), "usage");
  const [period, setPeriod] = useState<UsagePeriod>("hour");
  const query = useQuery({ ...usageQuery(period), enabled: isThere });
  if (!isThere) {
    return (
      <Page title="Usage">
        <NotConfigured title="Usage is not counted here">
          Osteon can keep sums of requests, errors, times and patients by hour and day: never a condition that was asked
          for. Metrics for Prometheus are another way to the same figures.
        </NotConfigured>
      </Page>
    );
  }
  return (
    <Page
      title="Usage"
      lead="Sums by time; conditions that were asked for are never counted."
      actions={
        <Choices
          label="Period"
          isLabelUnseen
          value={period}
          onChange={setPeriod}
          options={[
            { value: "hour", name: "By hour" },
            { value: "day", name: "By day" },
          ]}
        />
      }
    >
      <QueryView query={query}>
        {(entries) =>
          entries.every(({ requests }) => requests === 0) ? (
            <StatePage title="Nobody has asked for anything yet">
              <p>The first request shows here within a minute.</p>
            </StatePage>
          ) : (
            <>
              <UsageTotals entries={entries} />
              <div className="columns">
                <Panel title="Requests">
                  <RequestsChart entries={entries} period={period} />
                </Panel>
                <Panel title="Time to answer">
                  <LatencyChart entries={entries} period={period} />
                </Panel>
              </div>
            </>
          )
        }
      </QueryView>
    </Page>
  );
}

function UsageTotals({ entries }: { readonly entries: readonly UsageEntry[] }) {
  const sum = (read: (entry: UsageEntry) => number) => entries.reduce((total, entry) => total + read(entry), 0);
  const requests = sum((entry) => entry.requests);
  const errors = sum((entry) => entry.errors);
  const slowest = Math.max(...entries.map(({ p99_ms }) => p99_ms ?? 0));
  const facts: readonly (readonly [string, string])[] = [
    ["Requests", formatCount(requests)],
    ["Patients generated", formatCount(sum((entry) => entry.patients))],
    [`Errors, ${formatShare(requests === 0 ? 0 : errors / requests)} of requests`, formatCount(errors)],
    ["99 of 100 within, at worst", formatDuration(slowest)],
  ];
  return (
    <Panel title="In all">
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="figure-number">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
