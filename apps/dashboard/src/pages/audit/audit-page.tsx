import { useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Form } from "react-aria-components/Form";
import { addressOf, auditQuery, type AuditSearch } from "../../service/audit.ts";
import { hasPart, hasScope } from "../../service/session.ts";
import { Field } from "../../shell/text-field.tsx";
import { Page } from "../../shell/page.tsx";
import { Panel } from "../../shell/panel.tsx";
import { useSession } from "../../shell/session-context.tsx";
import { NotConfigured } from "../../states/not-configured.tsx";
import { QueryView } from "../../states/query-view.tsx";
import { StatePage } from "../../states/state-page.tsx";
import { AuditTable } from "./audit-table.tsx";
import { VerifyTrail } from "./verify-trail.tsx";

const everything: AuditSearch = { principal: "", action: "", from: "", to: "" };

const exports = [
  { format: "csv", name: "CSV" },
  { format: "json", name: "JSON" },
  { format: "fhir", name: "FHIR" },
] as const;

/** Who did what: search, verify, export. */
export function AuditPage() {
  const session = useSession();
  const isThere = hasPart(session, "audit");
  const mayRead = hasScope(session, "audit:read");
  const [asked, setAsked] = useState(everything);
  const [search, setSearch] = useState(everything);
  const [next, setNext] = useState<string | null>(null);
  const query = useQuery({ ...auditQuery(search, next), enabled: isThere && mayRead });
  if (!isThere) {
    return (
      <Page title="Audit">
        <NotConfigured title="No audit trail is kept here">
          Osteon can keep an append-only, hash-chained trail of every generation, export, promotion and key, apart from
          the log. It is switched on in the service’s configuration.
        </NotConfigured>
      </Page>
    );
  }
  if (!mayRead) {
    return (
      <Page title="Audit">
        <StatePage title="Your access token is not for this">
          <p>
            The audit trail needs the scope <code>audit:read</code>. Whoever operates this service can give you a token
            with it; then sign in again.
          </p>
        </StatePage>
      </Page>
    );
  }
  const change = (field: keyof AuditSearch) => (value: string) => setAsked({ ...asked, [field]: value });
  return (
    <Page title="Audit" lead="Who did what, in a chain that shows when it is altered.">
      <VerifyTrail />
      <Panel title="Search">
        <Form
          className="filters"
          onSubmit={(event) => {
            event.preventDefault();
            setNext(null);
            setSearch(asked);
          }}
        >
          <Field label="Who" value={asked.principal} onChange={change("principal")} />
          <Field label="Action" value={asked.action} onChange={change("action")} placeholder="such as model" />
          <Field label="From" type="date" value={asked.from} onChange={change("from")} />
          <Field label="To" type="date" value={asked.to} onChange={change("to")} />
          <Button className="button main" type="submit">
            Search
          </Button>
        </Form>
      </Panel>
      <QueryView query={query}>
        {({ entries, next: older }) =>
          entries.length === 0 ? (
            <StatePage title="Nothing was found">
              {older === null ? (
                <p>No entry is as was asked for; take a condition away, or other days.</p>
              ) : (
                <>
                  <p>None of the newest entries is as was asked for; there are older ones.</p>
                  <Button className="button" onPress={() => setNext(older)}>
                    Search further back
                  </Button>
                </>
              )}
            </StatePage>
          ) : (
            <Panel
              title="Entries"
              note={
                <>
                  Export what was found:{" "}
                  {exports.map(({ format, name }, index) => (
                    <Fragment key={format}>
                      {index > 0 && ", "}
                      <a href={addressOf(search, "/audit/export", { format })} download>
                        {name}
                      </a>
                    </Fragment>
                  ))}
                </>
              }
            >
              <AuditTable entries={entries} />
              <div className="row">
                {next !== null && (
                  <Button className="button quiet" onPress={() => setNext(null)}>
                    Back to the newest
                  </Button>
                )}
                {older !== null && (
                  <Button className="button quiet" onPress={() => setNext(older)}>
                    Older entries
                  </Button>
                )}
              </div>
            </Panel>
          )
        }
      </QueryView>
    </Page>
  );
}
