import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { root } from '../support/process.ts'

export const packages = join(root, 'packages')

export interface Import {
  /** From the root of the repository. */
  readonly file: string
  readonly target: string
  readonly typeOnly: boolean
}

/** Sources under a folder, or one source; no tests. */
export function sources(path: string): readonly string[] {
  if (path.endsWith('.ts')) return [path]
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : sources(inside)
    return /\.(ts|svelte)$/.test(entry.name) && !/\.(test|suite)\.ts$/.test(entry.name) ? [inside] : []
  })
}

export function importsOf(file: string): readonly Import[] {
  const found = readFileSync(file, 'utf8').matchAll(
    /^[ \t]*(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gms,
  )
  return [...found].map(([, type, from, dynamic]) => ({
    file: relative(root, file),
    typeOnly: type !== undefined,
    target: from ?? dynamic ?? '',
  }))
}

export const shown = ({ file, target }: Import): string => `${file} imports ${target}`

/** The file of ours a relative import means, absolute; undefined for packages. */
export function fileMeant({ file, target }: Import): string | undefined {
  if (!target.startsWith('.')) return undefined
  const path = resolve(root, dirname(file), target)
  return existsSync(path) ? path : undefined
}

/** Groups of more than one file that import values from one another in a circle, by Tarjan's algorithm. */
export function circles(files: readonly string[]): readonly (readonly string[])[] {
  const indexes = new Map<string, number>()
  const lows = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []

  function visit(file: string): number {
    const index = indexes.size
    indexes.set(file, index)
    let low = index
    stack.push(file)
    for (const one of importsOf(file)) {
      const next = one.typeOnly ? undefined : fileMeant(one)
      if (next === undefined || !files.includes(next)) continue
      if (!indexes.has(next)) low = Math.min(low, visit(next))
      else if (stack.includes(next)) low = Math.min(low, lows.get(next) ?? (indexes.get(next) as number))
    }
    lows.set(file, low)
    if (low === index) {
      const group = stack.splice(stack.indexOf(file))
      if (group.length > 1) found.push(group.map((path) => relative(root, path)).sort())
    }
    return low
  }
  for (const file of files) if (!indexes.has(file)) visit(file)
  return found
}

/** Rows of a table of docs/architecture.md: what a room is called, and what it may import. */
export function allowedIn(firstHeading: string): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
  const from = text.indexOf(`| ${firstHeading} |`)
  if (from < 0) throw new Error(`docs/architecture.md has no table of each ${firstHeading}.`)
  const rows = text.slice(from, text.indexOf('\n\n', from)).split('\n').slice(2)
  const names = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
  return new Map(
    rows.map((row) => {
      const cells = row.split('|')
      return [names(cells[1] ?? '')[0] ?? '', names(cells.at(-2) ?? '')]
    }),
  )
}
