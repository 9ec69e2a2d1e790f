import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Form } from "react-aria-components/Form";
import { asWords } from "../../format/format.ts";
import { drawSeed, type GenerationOrder } from "../../service/generate.ts";
import { supportQuery } from "../../service/models.ts";
import { Choices } from "../../shell/choices.tsx";
import { Panel } from "../../shell/panel.tsx";
import { Field } from "../../shell/text-field.tsx";
import { emptyDraft, readDraft, type ProfileDraft } from "./profile-draft.ts";
import { SupportStrip } from "./support-strip.tsx";

/** The floor's intervals run further than patients do; what is drawn ends here. */
const shownDays = 3_652;
const shownYears = 60;

interface ProfileFormProps {
  readonly version: string;
  readonly isBusy: boolean;
  readonly onGenerate: (order: GenerationOrder) => void;
}

/** Asks for a profile, and shows meanwhile where the model has training patients behind it. */
export function ProfileForm({ version, isBusy, onGenerate }: ProfileFormProps) {
  const [draft, setDraft] = useState(emptyDraft);
  const reading = readDraft(useDeferredValue(draft));
  const profile = reading.isValid ? reading.profile : {};
  const support = useQuery({
    ...supportQuery(profile, version),
    enabled: reading.isValid,
    placeholderData: (before) => before,
  });
  const { data } = support;
  const faults = reading.isValid ? {} : reading.faults;
  const change =
    <K extends keyof ProfileDraft>(field: K) =>
    (value: ProfileDraft[K]) =>
      setDraft({ ...draft, [field]: value });
  const isRefused = reading.isValid && data?.allowed === false;
  const canAsk = (codes: readonly { value: 0 | 1; allowed: boolean }[] | undefined, value: 0 | 1) =>
    codes?.find((code) => code.value === value)?.allowed ?? true;
  const submit = (): void => {
    const now = readDraft(draft);
    if (now.isValid) onGenerate({ profile: now.profile, count: now.count, seed: now.seed ?? drawSeed() });
  };
  return (
    <Panel title="Which patients" note="A field left empty is drawn from its distribution given the others">
      <Form
        className="panel-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="form-grid">
          <div className="field">
            <Field
              label="Survival or follow-up, days"
              inputMode="decimal"
              value={draft.survivalDays}
              onChange={change("survivalDays")}
              fault={faults.survivalDays}
              placeholder="any"
            />
            <SupportStrip
              label="Days with enough training patients"
              unit="days"
              intervals={data?.survival_time}
              end={shownDays}
              asked={profile.survival_time}
            />
          </div>
          <div className="field">
            <Field
              label="Age at diagnosis, years"
              inputMode="decimal"
              value={draft.ageYears}
              onChange={change("ageYears")}
              fault={faults.ageYears}
              placeholder="any"
            />
            <SupportStrip
              label="Ages with enough training patients"
              unit="years"
              intervals={data?.age}
              end={shownYears}
              asked={profile.age}
            />
          </div>
          <Choices
            label="Outcome"
            value={draft.event}
            onChange={change("event")}
            options={[
              { value: "any", name: "any" },
              {
                value: "died",
                name: "died then",
                isDisabled: !canAsk(data?.event_occurred, 1) && draft.event !== "died",
              },
              {
                value: "alive",
                name: "alive then",
                isDisabled: !canAsk(data?.event_occurred, 0) && draft.event !== "alive",
              },
            ]}
          />
          <Choices
            label="Metastasis at diagnosis"
            value={draft.metastasis}
            onChange={change("metastasis")}
            options={[
              { value: "any", name: "any" },
              { value: "yes", name: "yes", isDisabled: !canAsk(data?.metastasis, 1) && draft.metastasis !== "yes" },
              { value: "no", name: "no", isDisabled: !canAsk(data?.metastasis, 0) && draft.metastasis !== "no" },
            ]}
          />
          <Field
            label="Patients"
            inputMode="numeric"
            value={draft.count}
            onChange={change("count")}
            fault={faults.count}
          />
          <Field
            label="Seed"
            inputMode="numeric"
            value={draft.seed}
            onChange={change("seed")}
            fault={faults.seed}
            placeholder="drawn"
            hint="The same profile and seed give the same patients."
          />
        </div>
        <div role="status" className="live">
          {isRefused && (
            <div className="notice bad">
              <strong>Too few training patients are like this</strong>
              <p>
                {data.smallest_cell === null
                  ? "This model does not tell what is behind a profile, so it gives patients without conditions alone."
                  : `Fewer than ${data.smallest_cell} training patients are behind the profile, so the model would only be guessing, and might repeat one of them.`}{" "}
                {data.loosen.length > 0 &&
                  `Leave out ${data.loosen.map((fields) => fields.map((field) => asWords(field).toLowerCase()).join(" and ")).join(", or ")}.`}
              </p>
            </div>
          )}
        </div>
        <div className="row">
          <Button className="button main" type="submit" isDisabled={isBusy || isRefused || !reading.isValid}>
            {isBusy ? "Generating …" : "Generate"}
          </Button>
          <Button className="button quiet" onPress={() => setDraft(emptyDraft)}>
            Clear
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
