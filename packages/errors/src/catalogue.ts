import { accessErrors } from "./catalogue/access.ts";
import { auditErrors } from "./catalogue/audit.ts";
import { backupErrors } from "./catalogue/backup.ts";
import { cohortErrors } from "./catalogue/cohort.ts";
import { configurationErrors } from "./catalogue/configuration.ts";
import { connectorErrors } from "./catalogue/connectors.ts";
import { databaseErrors } from "./catalogue/database.ts";
import { deidentificationErrors } from "./catalogue/deidentification.ts";
import { driftErrors } from "./catalogue/drift.ts";
import { evaluationErrors } from "./catalogue/evaluation.ts";
import { featureErrors } from "./catalogue/features.ts";
import { gdcErrors } from "./catalogue/gdc.ts";
import { fileErrors } from "./catalogue/files.ts";
import { generatorErrors } from "./catalogue/generator.ts";
import { monitoringErrors } from "./catalogue/monitoring.ts";
import { networkErrors } from "./catalogue/network.ts";
import { pipelineErrors } from "./catalogue/pipeline.ts";
import { qualityErrors } from "./catalogue/quality.ts";
import { registryErrors } from "./catalogue/registry.ts";
import { reportErrors } from "./catalogue/report.ts";
import { selftestErrors } from "./catalogue/selftest.ts";
import { serviceErrors } from "./catalogue/service.ts";
import { storageErrors } from "./catalogue/storage.ts";
import { survivalErrors } from "./catalogue/survival.ts";
import { systemErrors } from "./catalogue/system.ts";
import { webApplicationErrors } from "./catalogue/web-application.ts";

/** Every error that Osteon raises on purpose, by code. */
export const catalogue = {
  ...backupErrors,
  ...configurationErrors,
  ...connectorErrors,
  ...gdcErrors,
  ...databaseErrors,
  ...fileErrors,
  ...cohortErrors,
  ...deidentificationErrors,
  ...survivalErrors,
  ...qualityErrors,
  ...featureErrors,
  ...generatorErrors,
  ...networkErrors,
  ...driftErrors,
  ...evaluationErrors,
  ...reportErrors,
  ...registryErrors,
  ...storageErrors,
  ...auditErrors,
  ...pipelineErrors,
  ...accessErrors,
  ...serviceErrors,
  ...monitoringErrors,
  ...systemErrors,
  ...webApplicationErrors,
  ...selftestErrors,
} as const;

export type Catalogue = typeof catalogue;
export type ErrorCode = keyof Catalogue;
