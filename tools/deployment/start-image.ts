import { mkdirSync } from "node:fs";
import type { BuiltImage } from "./run-dockerfile-steps.ts";
import { imageUser, sandboxCommand } from "./sandbox.ts";

/** What a container is given from outside: folders, and whether it has a network. */
export interface ContainerMounts {
  /** Written by the program; all else is read-only. */
  readonly state: string;
  /** With osteon.yaml. */
  readonly configuration: string;
  readonly secrets: string;
  readonly network: "shared" | "none";
}

/**
 * The command line that starts an image's program as an engine would with `--read-only --tmpfs /tmp --user 65532
 * --cap-drop ALL`: the image as root file system, read-only, no home, no variables but the image's own.
 *
 * @param words in place of the image's CMD, after its ENTRYPOINT
 */
export function imageCommand(image: BuiltImage, mounts: ContainerMounts, words = image.settings.command): string[] {
  return commandWithin(image, mounts, [...image.settings.entrypoint, ...words]);
}

/** The image's HEALTHCHECK, in a container of its own on the same network. */
export function healthcheckCommand(image: BuiltImage, mounts: ContainerMounts): string[] {
  return commandWithin(image, mounts, image.settings.healthcheck);
}

function commandWithin(image: BuiltImage, mounts: ContainerMounts, command: readonly string[]): string[] {
  for (const folder of [mounts.state, mounts.configuration, mounts.secrets]) mkdirSync(folder, { recursive: true });
  return sandboxCommand(command, {
    mounts: [
      ["--ro-bind", image.root, "/"],
      ["--bind", mounts.state, "/var/lib/osteon"],
      ["--ro-bind", mounts.configuration, "/etc/osteon"],
      ["--ro-bind", mounts.secrets, "/run/secrets"],
    ],
    environment: image.environment,
    directory: image.directory,
    user: imageUser,
    network: mounts.network,
  });
}
