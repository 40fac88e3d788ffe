// Which modules of a bundle share a file.
import { basename } from 'node:path'

/** Where small modules are that many commands share. */
const shared = /\/packages\/((cli|protocol|rotation|rules|smartag-client)\/src\/|(agent|server)\/src\/[^/]+$)/
const fewCommands = 3
/** Characters of a module that costs less to load than a file of its own. */
const tiny = 1500

/**
 * A command loads what it needs and nothing of the others: modules that the same commands need are one file. Those of a few
 * lines that need no package of others are one file for all commands; tiny ones also when only one needs them. What is loaded in the middle of a command, and what
 * only one needs, is left to the bundler.
 *
 * @param {string} table the module that loads each command
 */
export function filesByCommand(table) {
  let needed
  const light = new Map()
  const names = new Map()

  function fileOf(id, modules) {
    needed ??= neededBy(modules)
    const commands = [...(needed.get(id) ?? [])].sort()
    if (isLight(id, modules) && isForAll(id, modules)) return 'common'
    if (commands.length < 2) return null
    const all = commands.join('-')
    if (commands.length > fewCommands && !names.has(all)) names.set(all, `shared-${names.size + 1}`)
    return names.get(all) ?? all
  }

  /** The commands that need each module from their start on. */
  function neededBy(modules) {
    const found = new Map()
    for (const command of modules.getModuleInfo(table).dynamicallyImportedIds) {
      const seen = new Set([command])
      for (const id of seen) {
        for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) seen.add(imported)
        found.set(id, (found.get(id) ?? new Set()).add(basename(command, '.ts')))
      }
    }
    return found
  }

  function isLight(id, modules) {
    if (id.startsWith('\0node:')) return true
    if (!shared.test(id)) return false
    if (!light.has(id)) {
      // Until it is known, for modules that import one another.
      light.set(id, true)
      light.set(
        id,
        (modules.getModuleInfo(id)?.importedIds ?? []).every((imported) => isLight(imported, modules)),
      )
    }
    return light.get(id)
  }

  /** Many need it, or it is tiny. All that it imports is there too, or files would import one another in both directions. */
  function isForAll(id, modules) {
    if ((needed.get(id)?.size ?? 0) > 1) return true
    const { code, importedIds = [] } = modules.getModuleInfo(id) ?? {}
    return (code?.length ?? tiny) < tiny && importedIds.every((imported) => isForAll(imported, modules))
  }

  return {
    groups: [{ name: fileOf, debugName: 'by command' }],
    // What a module imports is needed by the same commands and perhaps by more, so files import one another in one direction.
    includeDependenciesRecursively: false,
  }
}
