import type { AuditAction } from "../event/audit-event.ts";

/** A FHIR Coding. */
export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export const dicomSystem = "http://dicom.nema.org/resources/ontology/DCM";
export const lifecycleSystem = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";

/** DICOM PS3.16, annex D, as far as the R4 value sets audit-event-type and audit-event-sub-type hold it. */
const dicomDisplays = {
  "110100": "Application Activity",
  "110101": "Audit Log Used",
  "110106": "Export",
  "110113": "Security Alert",
  "110114": "User Authentication",
  "110120": "Application Start",
  "110121": "Application Stop",
  "110122": "Login",
  "110131": "Software Configuration",
  "110132": "Use of Restricted Function",
  "110134": "Audit Recording Started",
  "110135": "Object Security Attributes Changed",
  "110137": "User security Attributes Changed",
} as const;

/** How FHIR calls an action. */
export interface FhirAction {
  readonly type: Coding;
  readonly subtype?: Coding;
  /** Create, read, update, delete or execute. */
  readonly action: "C" | "R" | "U" | "D" | "E";
}

/** The code of each action in the code systems that FHIR R4 names for audit events. */
export const fhirActions: Readonly<Record<AuditAction, FhirAction>> = {
  "patients.generated": { type: lifecycle("originate"), action: "C" },
  "patients.refused": { type: dicom("110113"), subtype: dicom("110132"), action: "E" },
  "patients.exported": { type: dicom("110106"), action: "R" },
  "requests.limited": { type: dicom("110113"), subtype: dicom("110132"), action: "E" },
  "authentication.refused": { type: dicom("110114"), subtype: dicom("110122"), action: "E" },
  "run.executed": { type: lifecycle("transform"), action: "E" },
  "model.added": { type: lifecycle("receive"), action: "C" },
  "model.promoted": { type: dicom("110113"), subtype: dicom("110131"), action: "U" },
  "model.rolled-back": { type: dicom("110113"), subtype: dicom("110131"), action: "U" },
  "model.exported": { type: dicom("110106"), action: "R" },
  "models.rekeyed": { type: dicom("110113"), subtype: dicom("110135"), action: "U" },
  "models.pruned": { type: lifecycle("destroy"), action: "D" },
  "api-key.created": { type: dicom("110113"), subtype: dicom("110137"), action: "C" },
  "api-key.revoked": { type: dicom("110113"), subtype: dicom("110137"), action: "D" },
  "backup.made": { type: lifecycle("archive"), action: "R" },
  "backup.restored": { type: lifecycle("restore"), action: "U" },
  "service.started": { type: dicom("110100"), subtype: dicom("110120"), action: "E" },
  "service.stopped": { type: dicom("110100"), subtype: dicom("110121"), action: "E" },
  "configuration.changed": { type: dicom("110113"), subtype: dicom("110131"), action: "U" },
  "audit.verified": { type: dicom("110101"), action: "R" },
  "audit.exported": { type: dicom("110101"), action: "R" },
  "audit.pruned": { type: dicom("110101"), action: "D" },
  "audit.recovered": { type: dicom("110113"), subtype: dicom("110134"), action: "E" },
  "clock.set-back": { type: dicom("110113"), action: "E" },
};

function dicom(code: keyof typeof dicomDisplays): Coding {
  return { system: dicomSystem, code, display: dicomDisplays[code] };
}

function lifecycle(code: "archive" | "destroy" | "originate" | "receive" | "restore" | "transform"): Coding {
  return { system: lifecycleSystem, code };
}
