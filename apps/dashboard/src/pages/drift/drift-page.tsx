import { useQuery } from "@tanstack/react-query";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";
import { formatTime } from "../../format/format.ts";
import { driftQuery, type DriftRecord } from "../../service/drift.ts";
import { hasPart } from "../../service/session.ts";
import { Page } from "../../shell/page.tsx";
import { useSession } from "../../shell/session-context.tsx";
import { NotConfigured } from "../../states/not-configured.tsx";
import { QueryView } from "../../states/query-view.tsx";
import { StatePage } from "../../states/state-page.tsx";
import { DriftCheckPanel } from "./drift-check-panel.tsx";

/** Whether patients, or what the model gives, are no longer as they were. */
export function DriftPage() {
  const isThere = hasPart(useSession(), "drift");
  const query = useQuery({ ...driftQuery, enabled: isThere });
  if (!isThere) {
    return (
      <Page title="Drift">
        <NotConfigured title="Drift is not watched here">
          Osteon can compare each new extract with the training cohort, and what is served with what the model gave when
          it was sealed. Schedule it in the service’s configuration, or run `osteon drift check`.
        </NotConfigured>
      </Page>
    );
  }
  return (
    <Page title="Drift" lead="Whether new patients, or what the model gives, differ from those it was made from.">
      <QueryView query={query}>
        {({ input, output }) =>
          input === null && output === null ? (
            <StatePage title="Nothing was checked yet">
              <p>Schedule it with the key drift.check_every_hours of the configuration, or make one by hand:</p>
              <pre>osteon drift check --config osteon.yaml --record osteon-data/drift</pre>
            </StatePage>
          ) : (
            <Tabs className="tabs" defaultSelectedKey={input === null ? "output" : "input"}>
              <TabList className="tab-list" aria-label="What is compared">
                <Tab id="input" className="tab">
                  New patients
                </Tab>
                <Tab id="output" className="tab">
                  Generated patients
                </Tab>
              </TabList>
              {(["input", "output"] as const).map((question) => {
                const last = question === "input" ? input : output;
                return (
                  <TabPanel key={question} id={question} className="tab-panel">
                    <DriftRecordView record={last} />
                  </TabPanel>
                );
              })}
            </Tabs>
          )
        }
      </QueryView>
    </Page>
  );
}

function DriftRecordView({ record }: { readonly record: DriftRecord | null }) {
  const { checked_at: checkedAt = null, check = null, failure = null } = record ?? {};
  return (
    <>
      {failure !== null && (
        <section className="notice bad">
          <strong>The last check could not be made</strong>
          <p>
            {formatTime(failure.at)}: <code>{failure.code}</code>. The same command by hand says more.
          </p>
        </section>
      )}
      {check === null || checkedAt === null ? (
        <StatePage title="Not checked yet">
          <p>There is no check of this kind so far.</p>
        </StatePage>
      ) : (
        <DriftCheckPanel check={check} checkedAt={checkedAt} />
      )}
    </>
  );
}
