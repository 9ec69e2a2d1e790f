import { useMutation } from "@tanstack/react-query";
import { Button } from "react-aria-components/Button";
import { countOf, formatCount } from "../../format/format.ts";
import { verifyTrail } from "../../service/audit.ts";
import { FaultPage } from "../../states/fault-page.tsx";

/** Checks the whole chain now. */
export function VerifyTrail() {
  const verification = useMutation({ mutationFn: verifyTrail });
  const { data, isPending, isError, error, mutate } = verification;
  return (
    <>
      <div className="row">
        <Button className="button" onPress={() => mutate()} isDisabled={isPending}>
          {isPending ? "Verifying …" : "Verify the trail"}
        </Button>
        <span className="small soft">Every entry, its chain and its signed checkpoints.</span>
      </div>
      <div role="status" className="live">
        {data !== undefined && (
          <div className={`notice ${data.holds ? "good" : "bad"}`}>
            <strong>{data.holds ? "The trail holds" : "The trail does not hold"}</strong>
            <p>
              {formatCount(data.entries)} entries in {countOf(data.segments, "segment")} were checked
              {data.unsigned > 0 && `; the last ${formatCount(data.unsigned)} are not signed yet`}.
            </p>
            {data.findings.length > 0 && (
              <ul>
                {data.findings.map(({ kind, segment, line, message }) => (
                  <li key={[kind, segment, line, message].join()}>
                    Segment {segment}
                    {line !== null && `, line ${line}`}: {message}
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
      </div>
      {isError && <FaultPage error={error} />}
    </>
  );
}
