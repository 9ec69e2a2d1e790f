import { catalogue, type ErrorCode, type ErrorDefinition } from "@osteon/errors";
import type { AuditEvent } from "../event/audit-event.ts";
import type { AuditEntry } from "../trail/read-entries.ts";
import { dicomSystem, fhirActions, type Coding } from "./fhir-codes.ts";

/** An AuditEvent of FHIR R4 (4.0.1), with the elements that an entry fills. Source: hl7.org/fhir/R4/auditevent.html */
export interface FhirAuditEvent {
  readonly resourceType: "AuditEvent";
  readonly id: string;
  readonly type: Coding;
  readonly subtype?: readonly Coding[];
  readonly action: string;
  readonly recorded: string;
  readonly outcome?: "0" | "4" | "8";
  readonly outcomeDesc: string;
  readonly agent: readonly object[];
  readonly source: object;
  readonly entity: readonly object[];
}

/** Says an entry in FHIR. It holds what the entry holds, so no profile. */
export function fhirAuditEventOf({ segment, line, at, event, hash }: AuditEntry): FhirAuditEvent {
  const { type, subtype, action } = fhirActions[event.action];
  const outcome = outcomeOf(event);
  const isPerson = event.principal !== "system";
  const detail = [
    ["action", event.action],
    ...(event.operation === undefined ? [] : [["operation", event.operation]]),
    ...Object.entries(event.detail).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
    ["hash", hash],
  ];
  return {
    resourceType: "AuditEvent",
    id: `${segment}-${line}`,
    type,
    ...(subtype !== undefined && { subtype: [subtype] }),
    action,
    recorded: at,
    // Of an attempt the outcome is not known yet, and another entry tells it.
    ...(outcome !== undefined && { outcome }),
    outcomeDesc: event.errorCode === undefined ? event.outcome : `${event.outcome}: ${event.errorCode}`,
    agent: [
      {
        ...(!isPerson && {
          type: { coding: [{ system: dicomSystem, code: "110150", display: "Application" }] },
        }),
        altId: event.principal,
        requestor: isPerson,
      },
    ],
    source: {
      observer: { display: "Osteon" },
      type: [
        {
          system: "http://terminology.hl7.org/CodeSystem/security-source-type",
          code: "4",
          display: "Application Server",
        },
      ],
    },
    entity: [
      {
        type: {
          system: "http://terminology.hl7.org/CodeSystem/audit-entity-type",
          code: "2",
          display: "System Object",
        },
        // An empty string is no value in FHIR.
        detail: detail.flatMap(([name, text]) => (text === "" ? [] : [{ type: name, valueString: text }])),
      },
    ],
  };
}

/** 4 where who asked has to change something, 8 where the operator has to; undefined for an attempt. */
function outcomeOf({ outcome, errorCode }: AuditEvent): FhirAuditEvent["outcome"] {
  if (outcome === "attempted") return undefined;
  if (outcome === "succeeded") return "0";
  const definition: ErrorDefinition | undefined = catalogue[errorCode as ErrorCode];
  return definition !== undefined && definition.status < 500 ? "4" : "8";
}
