import { randomUUID } from "node:crypto";
import { OsteonError, osteonError } from "@osteon/errors";
import type { AuditAction, AuditEvent } from "../event/audit-event.ts";
import type { AuditTrail } from "./audit-trail.ts";

/** What an event of an action tells beside who did it and how it ended. */
type DetailOf<A extends AuditAction> = Extract<AuditEvent, { action: A }>["detail"];

/** One deed, before it is known how it ends. */
export type Deed<A extends AuditAction = AuditAction> = A extends AuditAction
  ? { readonly action: A; readonly principal: string; readonly detail: DetailOf<A> }
  : never;

/** How those who do things enter them in the trail. */
export interface AuditLog {
  /** Whether what cannot be entered is not done. */
  readonly isRequired: boolean;
  /**
   * Enters what is about to be, or was just refused. Where it cannot be entered and has to be, this throws, and the
   * caller does nothing.
   *
   * @param errorCode why it was refused; undefined where it was not
   * @throws `audit.unwritable`
   */
  enter(deed: Deed, errorCode?: string): Promise<void>;
  /**
   * Enters that something is attempted, does it, and enters how it ended.
   *
   * @param told what of the outcome belongs in the second entry; by default what was in the first
   * @throws `audit.unwritable`, and nothing was done; `audit.outcome-unwritten`, and it was; what `work` throws
   */
  during<A extends AuditAction, T>(
    deed: Deed<A>,
    work: () => Promise<T>,
    told?: (result: T) => DetailOf<A>,
  ): Promise<T>;
  /** Signs and closes. @throws `audit.unwritable` */
  close(): Promise<void>;
}

export interface AuditLogOptions {
  readonly isRequired: boolean;
  /** Told where something could not be entered that need not be. */
  readonly onUnwritten: (errorCode: string) => void;
}

/** Enters in a trail. */
export function createAuditLog(trail: AuditTrail, { isRequired, onUnwritten }: AuditLogOptions): AuditLog {
  const append = async (event: AuditEvent): Promise<void> => {
    try {
      await trail.append(event);
    } catch (error) {
      if (isRequired || !isUnwritable(error)) throw error;
      onUnwritten(error.code);
    }
  };
  return {
    isRequired,
    enter: (deed, errorCode) =>
      append({ ...deed, outcome: errorCode === undefined ? "succeeded" : "failed", errorCode } as AuditEvent),
    during: async (deed, work, told) => {
      const about = { ...deed, operation: randomUUID() };
      await append({ ...about, outcome: "attempted" } as AuditEvent);
      let result: Awaited<ReturnType<typeof work>>;
      try {
        result = await work();
      } catch (error) {
        const errorCode = error instanceof OsteonError ? error.code : "internal";
        // What stopped the work is worth telling, not that this could not be entered.
        await append({ ...about, outcome: "failed", errorCode } as AuditEvent).catch(() => undefined);
        throw error;
      }
      try {
        const detail = told?.(result) ?? deed.detail;
        await append({ ...about, detail, outcome: "succeeded" } as AuditEvent);
      } catch (error) {
        if (!isUnwritable(error)) throw error;
        const { reason = "unknown" } = error.parameters;
        throw osteonError("audit.outcome-unwritten", { action: deed.action, reason }, { cause: error });
      }
      return result;
    },
    close: async () => {
      try {
        await trail.close();
      } catch (error) {
        // Everything that was acknowledged is on the disk; the next process to write tells how this segment ended.
        if (!isUnwritable(error)) throw error;
        onUnwritten(error.code);
      }
    },
  };
}

/** For where there is no trail. */
export function createNoAuditLog(): AuditLog {
  return {
    isRequired: false,
    enter: () => Promise.resolve(),
    during: (_, work) => work(),
    close: () => Promise.resolve(),
  };
}

function isUnwritable(error: unknown): error is OsteonError {
  return error instanceof OsteonError && error.code === "audit.unwritable";
}
