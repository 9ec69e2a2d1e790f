import { defineErrors } from "../definition.ts";

export const backupErrors = defineErrors({
  "backup.foreign": {
    category: "input",
    status: 422,
    template: "{file} is no backup of Osteon: {reason}",
    remedy: "Give the path of a file that `osteon backup` wrote",
    retryable: false,
  },
  "backup.wrong-key": {
    category: "security",
    status: 403,
    template: "{file} was made for other keys than the one given (public key of that: {recipient})",
    remedy: "Give the identity file of one of the recipients that the backup was made for",
    retryable: false,
  },
  "backup.altered": {
    category: "security",
    status: 422,
    template: "{file} is not what was backed up: {part}",
    remedy: "Do not restore it: take another copy or an earlier backup, and find out who or what changed this one",
    retryable: false,
  },
  "backup.changed-meanwhile": {
    category: "unavailable",
    status: 503,
    template: "What is backed up went on changing while it was read: {what}",
    remedy: "Run the backup again when no models are being added or removed",
    retryable: true,
  },
  "backup.recipients": {
    category: "configuration",
    status: 500,
    template: "No backup can be made: {reason}",
    remedy:
      "Make a key with age-keygen, keep its file away from this computer, and give its public key by --recipient or backup.recipients",
    retryable: false,
  },
  "backup.target": {
    category: "input",
    status: 409,
    template: "{directory} holds data already",
    remedy: "Give another directory by --to; with --force what is there is moved aside, not deleted",
    retryable: false,
  },
  "backup.in-progress": {
    category: "unavailable",
    status: 503,
    template: "Process {pid} on {host} is at work in {directory} (since {since})",
    remedy: "Wait until it ends; if there is no such process, delete {lockFile}",
    retryable: true,
  },
  "backup.history": {
    category: "security",
    status: 409,
    template: "The registry's database holds another history of moves than the backup ({reason})",
    remedy:
      "Find out which is the right one; --force puts the backup's in its place, --self-contained leaves the database alone",
    retryable: false,
  },
  "backup.key-missing": {
    category: "configuration",
    status: 500,
    template: "The backup would hold no key that opens the model on air ({version})",
    remedy:
      "Give the identity file by --key, by encryption.key_path or by OSTEON_KEY_FILE, or a program by encryption.key_command",
    retryable: false,
  },
  "backup.rehearsal": {
    category: "gate",
    status: 500,
    template: "The rehearsal failed: {what}",
    remedy: "Do not count on these backups before it is found out why; `osteon models verify` is a beginning",
    retryable: false,
  },
});
