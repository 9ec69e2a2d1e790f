export * from "./events.ts";
export * from "./field.ts";
export { defineEvent, LogEvent, type Fields, type LogLevel, type ValuesOf } from "./log-event.ts";
export { createLogger, type Logger, type LoggerOptions } from "./logger.ts";
