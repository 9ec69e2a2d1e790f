import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { fetchFile, formatsQuery, type GeneratedCohort } from "../../service/generate.ts";
import { Panel } from "../../shell/panel.tsx";
import { FaultPage } from "../../states/fault-page.tsx";
import { describeProvenance, fileStem } from "./provenance.ts";
import { saveFile } from "./save-file.ts";

const names: Readonly<Record<string, { readonly name: string; readonly ending: string }>> = {
  "application/json": { name: "JSON", ending: "json" },
  "application/x-ndjson": { name: "JSON lines", ending: "ndjson" },
  "text/csv": { name: "CSV", ending: "csv" },
  "application/vnd.apache.parquet": { name: "Parquet", ending: "parquet" },
};

/** The patients as a file in every format that the service gives, each with a file that tells where it is from. */
export function DownloadPanel({ cohort }: { readonly cohort: GeneratedCohort }) {
  const formats = useQuery(formatsQuery);
  const [busy, setBusy] = useState<string>();
  const [error, setError] = useState<unknown>();
  const download = async (mediaType: string, ending: string): Promise<void> => {
    setBusy(mediaType);
    setError(undefined);
    try {
      const file = await fetchFile(cohort.order, mediaType);
      const name = `${fileStem(cohort)}.${ending}`;
      const provenance = await describeProvenance(cohort, { name, mediaType, file });
      saveFile(file, name);
      saveFile(
        new Blob([JSON.stringify(provenance, null, 2)], { type: "application/json" }),
        `${name}.provenance.json`,
      );
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <Panel title="Download" note="Two files: the patients, and where they are from">
      <div className="row">
        {(formats.data ?? ["application/json"]).flatMap((mediaType) => {
          const format = names[mediaType];
          if (format === undefined) return [];
          return (
            <Button
              key={mediaType}
              className="button"
              isDisabled={busy !== undefined}
              onPress={() => void download(mediaType, format.ending)}
            >
              {busy === mediaType ? "Generating …" : format.name}
            </Button>
          );
        })}
      </div>
      {error !== undefined && <FaultPage error={error} />}
    </Panel>
  );
}
