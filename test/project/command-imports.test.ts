import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { packages } from './imports.ts'

/** What a module imports when it is loaded; neither types nor what it loads only when that is needed. */
function loadedBy(file: string): readonly string[] {
  const found = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]/gms)
  return [...found].flatMap(([, type, target = '']) => (type === undefined ? [target] : []))
}

interface Manifest {
  readonly exports: Readonly<Record<string, { readonly 'opensag-source': string }>>
}

/** The source that an import of ours means; undefined for packages of others. */
function sourceOf(file: string, target: string): string | undefined {
  if (target.startsWith('.')) return resolve(dirname(file), target)
  const [, name = '', sub] = /^@opensag\/([^/]+)(?:\/(.+))?$/.exec(target) ?? []
  if (name === '') return undefined
  const { exports } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')) as Manifest
  const source = exports[sub === undefined ? '.' : `./${sub}`]?.['opensag-source']
  if (source === undefined) throw new Error(`${target} is not exported.`)
  return join(packages, name, source)
}

/** Packages of others that are loaded with a module, through all of ours; those are in `seen` then. */
function packagesLoadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
  const found = new Set<string>()
  if (seen.has(file)) return found
  seen.add(file)
  for (const target of loadedBy(file)) {
    const source = sourceOf(file, target)
    if (source !== undefined) for (const name of packagesLoadedWith(source, seen)) found.add(name)
    else if (!target.startsWith('node:')) found.add(target)
  }
  return found
}

/** Loading modules is most of a short command: what the first column names must do without what the second does. */
const servers = ['fastify', 'pg', 'nodemailer', 'ws', 'pino', 'fast-xml-parser', '@node-rs/argon2']

test("a server loads neither a mail server's client nor OpenTelemetry nor the texts of the pages before they are asked for", () => {
  const seen = new Set<string>()
  const loaded = packagesLoadedWith(join(packages, 'cli/src/commands/server.ts'), seen)
  expect(loaded).toContain('fastify')
  expect(['nodemailer', 'pg', '@node-rs/argon2'].filter((name) => loaded.has(name))).toEqual([])
  expect([...loaded].filter((name) => name.startsWith('@opentelemetry/'))).toEqual([])
  const texts = /\/server\/src\/(explanations|reference)\//
  expect([...seen].filter((file) => texts.test(file))).toEqual([])
})

test.each([
  ['main.ts', [...servers, 'zod', 'kysely', 'libsql', 'jmespath']],
  // The operations themselves are declared with their code, which writes to the store and hashes passwords.
  ['commands/call.ts', ['fastify', 'pg', 'nodemailer', 'ws', 'pino', 'libsql', 'jmespath']],
  ['commands/operator.ts', ['fastify', 'pg', 'nodemailer', 'ws', 'pino']],
  ['commands/backup.ts', [...servers, 'kysely', 'libsql']],
  ['commands/restore.ts', [...servers, 'kysely', 'libsql']],
  ['commands/config.ts', [...servers, 'kysely', 'libsql']],
  ['commands/completion.ts', [...servers, 'kysely', 'libsql', 'zod']],
])('%s loads none of the packages it can do without', (command, needless) => {
  const loaded = packagesLoadedWith(join(packages, 'cli/src', command))
  expect(loaded).toContain('commander')
  expect(needless.filter((name) => loaded.has(name))).toEqual([])
})
