/** Whether a sample's mutations were looked for in every gene; undefined where the source does not say. */
export type SequencingStatus = (sampleId: string) => boolean | undefined;
