import { existsSync } from 'node:fs'
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Sample, SampleLanguage } from '../../packages/console/src/samples/language.ts'
import { root, runToEnd } from '../support/process.ts'

export type Ended = Awaited<ReturnType<typeof runToEnd>>
export type Environment = Readonly<Record<string, string>>

/** How the programs of one language are made ready and run. */
export interface ToolChain {
  readonly language: SampleLanguage
  /** What would make it available here; undefined when it is. */
  readonly lack: string | undefined
  /** Fetches and compiles what the programs in these folders need, for all of them at once. */
  prepare(base: string, folders: readonly string[], samples: readonly Sample[]): Promise<void>
  /** Runs the program of a folder as its `run` line says. */
  run(folder: string, sample: Sample, environment: Environment): Promise<Ended>
}

export function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}

/** Downloads stay here between runs in one clone. */
const cache = join(root, 'node_modules/.cache/opensag-samples')

/**
 * A folder of the cache, made by the first who needs it. It is made beside its place and moved there whole: what is there
 * is complete, also when a run is cut short or two need it at once.
 */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const place = join(cache, name)
  if (existsSync(place)) return place
  const coming = `${place}.${process.pid}`
  await mkdir(coming, { recursive: true })
  await make(coming)
  try {
    await rename(coming, place)
  } catch (error) {
    if (!existsSync(place)) throw error
    await rm(coming, { recursive: true })
  }
  return place
}

export async function write(folder: string, sample: Sample): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { name, text } of sample.files) await writeFile(join(folder, name), text)
}

/** Runs a line of a shell in a folder; a failure tells everything it printed. */
export async function shell(folder: string, line: string, environment: Environment = {}): Promise<Ended> {
  return runToEnd('bash', ['-c', `cd "$SAMPLE_FOLDER" && ${line}`], {
    environment: { SAMPLE_FOLDER: folder, ...environment },
  })
}

export async function must(folder: string, line: string, environment: Environment = {}): Promise<string> {
  const { code, output, errors } = await shell(folder, line, environment)
  if (code !== 0) throw new Error(`${line}\nended with ${code}\n${output}\n${errors}`)
  return output
}

/** The packages of this workspace, of the versions that the samples name. */
export async function withOurModules(base: string): Promise<void> {
  await mkdir(base, { recursive: true })
  await symlink(join(root, 'node_modules'), join(base, 'node_modules'))
}
