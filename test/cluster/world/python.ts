import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, runToEnd } from '../../support/process.ts'

/** PostgreSQL's user has to reach it, so it is not in a home folder. Only root makes it. */
const cache = '/var/cache/opensag-tests'
const requirements = join(root, 'deploy/patroni/requirements.txt')

/** The Patroni that deploy/ names: the Python that has it, to be run with `-m patroni`. */
export async function installPatroni(): Promise<string> {
  return pythonWith('patroni', readFileSync(requirements, 'utf8'))
}

/**
 * An environment of the system's Python, made once for each set of versions. It is made beside its place and moved there
 * whole: what is there is complete. Programs of it that name their folder do not run, modules (`-m`) do.
 * @param wanted The text of a `requirements.txt`.
 */
export async function pythonWith(name: string, wanted: string): Promise<string> {
  const versions = [...wanted.matchAll(/^[a-z].*==(.*)$/gm)].map(([, version]) => version)
  const place = join(cache, [name, ...versions].join('-'))
  const python = join(place, 'bin/python3')
  if (existsSync(place)) return python
  const coming = `${place}.${process.pid}`
  mkdirSync(cache, { recursive: true, mode: 0o755 })
  try {
    await must('/usr/bin/python3', ['-m', 'venv', coming])
    const list = join(coming, 'requirements.txt')
    writeFileSync(list, wanted)
    await must(join(coming, 'bin/python3'), ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '-r', list])
    renameSync(coming, place)
  } catch (error) {
    rmSync(coming, { recursive: true, force: true })
    // Another file of tests may have made it meanwhile.
    if (!existsSync(place)) throw error
  }
  return python
}

async function must(command: string, args: readonly string[]): Promise<void> {
  const { code, errors } = await runToEnd(command, args)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors}`)
}
