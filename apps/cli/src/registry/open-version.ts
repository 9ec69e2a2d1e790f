import { openPackage, type Identity, type ModelRegistry, type OpenedPackage } from "@osteon/registry";

/** Opens a version of the registry, whose signature is checked first. @throws what fetching and opening throw */
export async function openVersion(
  registry: ModelRegistry,
  version: string,
  identity: Identity,
): Promise<OpenedPackage> {
  const { sealed } = await registry.fetch(version);
  return openPackage(sealed, identity, `model ${version}`);
}
