import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components/Button";
import { formatBytes } from "../../format/format.ts";
import type { GeneratedCohort } from "../../service/generate.ts";
import { fetchFile, formatsQuery } from "../../service/patient-files.ts";
import { Panel } from "../../shell/panel.tsx";
import { ProgressRow } from "../../shell/progress-row.tsx";
import { FaultPage } from "../../states/fault-page.tsx";
import { describeProvenance, fileStem } from "./provenance.ts";
import { saveFile } from "./save-file.ts";

interface FileFormat {
  readonly name: string;
  readonly ending: string;
}

const fileFormats: Readonly<Record<string, FileFormat>> = {
  "application/json": { name: "JSON", ending: "json" },
  "application/x-ndjson": { name: "JSON lines", ending: "ndjson" },
  "text/csv": { name: "CSV", ending: "csv" },
  "application/vnd.apache.parquet": { name: "Parquet", ending: "parquet" },
};

/** The patients as a file in every format that the service gives, each with a file that tells where it is from. */
export function DownloadPanel({ cohort }: { readonly cohort: GeneratedCohort }) {
  const formats = useQuery(formatsQuery);
  const [coming, setComing] = useState<{ readonly name: string; readonly bytes: number }>();
  const [error, setError] = useState<unknown>();
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  const download = async (mediaType: string, { name: format, ending }: FileFormat): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setComing({ name: format, bytes: 0 });
    setError(undefined);
    try {
      const onBytes = (bytes: number) => setComing({ name: format, bytes });
      const file = await fetchFile(cohort.order, mediaType, { signal: controller.signal, onBytes });
      const name = `${fileStem(cohort)}.${ending}`;
      const provenance = await describeProvenance(cohort, { name, mediaType, file });
      saveFile(file, name);
      saveFile(
        new Blob([JSON.stringify(provenance, null, 2)], { type: "application/json" }),
        `${name}.provenance.json`,
      );
    } catch (fault) {
      if (!controller.signal.aborted) setError(fault);
    } finally {
      setComing(undefined);
    }
  };
  return (
    <Panel title="Download" note="Two files: all of the patients, and where they are from">
      <div className="row">
        {(formats.data ?? ["application/json"]).flatMap((mediaType) => {
          const format = fileFormats[mediaType];
          if (format === undefined) return [];
          return (
            <Button
              key={mediaType}
              className="button"
              isDisabled={coming !== undefined}
              onPress={() => void download(mediaType, format)}
            >
              {format.name}
            </Button>
          );
        })}
      </div>
      {coming !== undefined && (
        <ProgressRow
          label={`Generating the file, ${coming.name}`}
          share={null}
          text={`${formatBytes(coming.bytes)} so far`}
          onCancel={() => running.current?.abort()}
        />
      )}
      {error !== undefined && <FaultPage error={error} />}
    </Panel>
  );
}
