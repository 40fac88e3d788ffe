interface Module {
  readonly isEntry: boolean
  /** Those that import it where they begin, not those that load it when they need it. */
  readonly importers: readonly string[]
}

interface Modules {
  getModuleInfo(id: string): Module | null
}

/**
 * Names the file of modules that come later than the first page, that of the log-on: many small files would be as many requests.
 * What the first page loads stays where it is.
 */
export function laterPart(name: string): (id: string, modules: Modules) => string | undefined {
  return (id, modules) => (isOfFirstPage(id, modules) ? undefined : name)
}

/** Names the one file of what the first page and later parts have in common, which would be several small ones. */
export function firstPart(name: string): (id: string, modules: Modules) => string | undefined {
  return (id, modules) => (isOfFirstPage(id, modules) ? name : undefined)
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
