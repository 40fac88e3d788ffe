import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { runToEnd } from './process.ts'
import { limit, until } from './time.ts'

/** What is published, as its command makes it; packages of Debian compressed for speed. */
const commands = {
  npm: (to: string) => ['scripts/pack.js', to],
  debian: (to: string) => ['scripts/debian.js', '--quick', '--to', to],
} as const

/**
 * Made once in a run of tests, by the first file that needs it, and for reading only.
 * @returns the files
 */
export async function artefacts(name: keyof typeof commands): Promise<readonly string[]> {
  const folder = join(inject('artefacts'), name)
  if (isFirst(`${folder}.begun`)) await make(name, folder)
  await until(`${name} is made`, () => existsSync(folder) || existsSync(`${folder}.failed`), limit(240_000))
  if (!existsSync(folder))
    throw new Error(`What is published (${name}) could not be made; the file that tried says why.`)
  return readdirSync(folder).map((file) => join(folder, file))
}

/** Of all processes of the run, one makes that folder. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function make(name: keyof typeof commands, folder: string): Promise<void> {
  const { code, errors } = await runToEnd(process.execPath, commands[name](`${folder}.new`))
  if (code === 0) return renameSync(`${folder}.new`, folder)
  writeFileSync(`${folder}.failed`, '')
  throw new Error(`What is published (${name}) could not be made: ${errors}`)
}
