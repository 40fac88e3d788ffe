interface Module {
  readonly isEntry: boolean
  /** Those that import it where they begin, not those that load it when they need it. */
  readonly importers: readonly string[]
}

interface Modules {
  getModuleInfo(id: string): Module | null
}

/**
 * The file of what several screens use: many small files of their own would be as many requests. What the first page, that of the
 * log-on, loads stays where it is.
 */
export function sharedPart(id: string, modules: Modules): string | undefined {
  return isOfFirstPage(id, modules) ? undefined : 'shared'
}

function isOfFirstPage(id: string, modules: Modules): boolean {
  const seen = new Set<string>([id])
  for (const one of seen) {
    const info = modules.getModuleInfo(one)
    if (info?.isEntry === true) return true
    for (const importer of info?.importers ?? []) seen.add(importer)
  }
  return false
}
