interface Member {
  name: string;
  privacy?: string;
}

interface Declaration {
  members?: Member[];
}

interface Manifest {
  modules: { declarations?: Declaration[] }[];
}

/** The manifest without private members, which Storybook would offer as controls. */
export function publicOnly(manifest: unknown): Manifest {
  const copy = structuredClone(manifest) as Manifest;
  const declarations = copy.modules.flatMap((module) => module.declarations ?? []);
  for (const declaration of declarations) {
    if (declaration.members) declaration.members = declaration.members.filter(isPublic);
  }
  return copy;
}

function isPublic({ name, privacy }: Member): boolean {
  return !name.startsWith('#') && privacy !== 'private' && privacy !== 'protected';
}
