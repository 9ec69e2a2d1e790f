import { genePanelContract, isMissingCode } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { listCaseLists } from "./case-list-files.ts";
import type { SampleTable } from "../reading/read-clinical.ts";
import { readTable } from "../reading/read-table.ts";
import type { SequencingStatus } from "../reading/sequencing-status.ts";
import type { FolderContext } from "../text/folder-context.ts";
import { openTextTable } from "../text/text-table.ts";
import { readKeyValues, requireValue } from "./read-key-values.ts";
import type { ProfileMeta } from "./study-index.ts";

/** Panels that look at every gene. */
const wholeGenome = /^(?:wes|wxs|wgs|exome|genome|whole[-_.]?(?:exome|genome).*)$/i;

/**
 * Finds out which samples were sequenced, so that "no call" can be told from "not looked".
 *
 * `EXOME_SEQUENCED` is about the one sample and decides where it is filled in; otherwise the case list
 * `…_sequenced` does; a study with neither says nothing. A sample that a gene-panel matrix gives a targeted
 * panel (or none) was not looked at in every gene and counts as not sequenced: genes outside its panel are
 * unknown, not wild type.
 *
 * @throws connectors.sample-unknown for a case-list entry or panel row whose sample the study does not have
 */
export async function readSequencingStatus(
  context: FolderContext,
  samples: SampleTable,
  genePanels: ProfileMeta | undefined,
): Promise<SequencingStatus> {
  const listed = await readSequencedList(context, samples);
  const panels = genePanels === undefined ? new Map<string, boolean>() : await readPanels(context, genePanels, samples);
  let contradictions = 0;
  let targeted = 0;
  const status = new Map<string, boolean>();
  for (const { id, exomeSequenced } of samples.samples.values()) {
    const inList = listed?.has(id);
    const byColumn = exomeSequenced < 0 ? undefined : exomeSequenced === 1;
    if (byColumn !== undefined && inList !== undefined && byColumn !== inList) contradictions++;
    const stated = byColumn ?? inList;
    const byPanel = panels.get(id);
    if (byPanel === false && stated !== false) targeted++;
    const isSequenced = byPanel === false ? false : (stated ?? byPanel);
    if (isSequenced !== undefined) status.set(id, isSequenced);
  }
  if (contradictions > 0) {
    context.notes.push(
      `${contradictions} samples: EXOME_SEQUENCED and the case list of sequenced samples disagree; the column was followed.`,
    );
  }
  if (targeted > 0) {
    context.notes.push(
      `${targeted} samples were sequenced with a targeted gene panel or none; all their mutations are unknown, because genes outside a panel were not looked at.`,
    );
  }
  return (id) => status.get(id);
}

async function readSequencedList(
  context: FolderContext,
  samples: SampleTable,
): Promise<ReadonlySet<string> | undefined> {
  let listed: Set<string> | undefined;
  for (const file of await listCaseLists(context.directory)) {
    const caseList = await readKeyValues(context, file);
    if (!requireValue(caseList, "stable_id").endsWith("_sequenced")) continue;
    listed ??= new Set();
    const ids = requireValue(caseList, "case_list_ids").split(/\s+/);
    for (const [index, id] of ids.entries()) {
      if (!samples.samples.has(id)) {
        const place = `entry ${index + 1} of case_list_ids`;
        const line = caseList.lines.get("case_list_ids")!;
        throw osteonError("connectors.sample-unknown", { file, line, place, samples: samples.file });
      }
      listed.add(id);
    }
  }
  return listed;
}

async function readPanels(
  context: FolderContext,
  profile: ProfileMeta,
  samples: SampleTable,
): Promise<ReadonlyMap<string, boolean>> {
  const panels = new Map<string, boolean>();
  const file = profile.dataFile;
  await readTable(context, openTextTable(context, file, "gene-panels"), genePanelContract, (row) => {
    const id = row.identifier("SAMPLE_ID");
    if (!samples.samples.has(id)) {
      const { ordinal, column } = row.place("SAMPLE_ID");
      const place = `column ${ordinal} (${column})`;
      throw osteonError("connectors.sample-unknown", { file, line: row.line, place, samples: samples.file });
    }
    const panel = row.identifier("mutations");
    panels.set(id, !isMissingCode(panel) && wholeGenome.test(panel));
  });
  return panels;
}
