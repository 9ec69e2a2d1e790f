export { readAlertRecord } from "./alerts/alert-record.ts";
export { openChannels } from "./alerts/channels/open-channels.ts";
export { describeAlerts, type DescribedAlert } from "./alerts/describe-alerts.ts";
export { testChannels } from "./alerts/test-channels.ts";
export { monitoringLayout } from "./monitoring-layout.ts";
export { readCertificateExpiry } from "./sources/certificate-expiry.ts";
export { describeModelOnAir } from "./sources/model-on-air.ts";
export type { MonitoringSources } from "./sources/monitoring-sources.ts";
export { startMonitoring, type Monitoring, type MonitoringOptions } from "./start-monitoring.ts";
