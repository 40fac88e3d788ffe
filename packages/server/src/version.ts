import { existsSync, readFileSync } from 'node:fs'

/** The version of this program: of the nearest package above this file, as source, compiled or bundled. */
export const version: string = versionAbove(new URL('./', import.meta.url))

function versionAbove(folder: URL): string {
  const manifest = new URL('package.json', folder)
  if (!existsSync(manifest)) return versionAbove(new URL('../', folder))
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version
}
