import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { root, runToEnd } from './process.ts'

interface RanFile {
  readonly name: string
  readonly status: string
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
}

/**
 * Runs the tests of another configuration of vitest, in processes of their own.
 *
 * @throws when one fails, with what the run printed
 */
export async function runTestsOf(config: string): Promise<readonly RanFile[]> {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-inner-run-'))
  try {
    const file = join(folder, 'report.json')
    const program = join(root, 'node_modules/vitest/vitest.mjs')
    const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const { code, output, errors } = await runToEnd(
      process.execPath,
      [program, 'run', '--config', config, ...reports],
      { environment: { NO_COLOR: '1' } },
    )
    expect(code, `${output.slice(-20_000)}\n${errors.slice(-8000)}`).toBe(0)
    return (JSON.parse(await readFile(file, 'utf8')) as { readonly testResults: readonly RanFile[] }).testResults
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The names of those that did not pass. */
export function notPassed(files: readonly RanFile[]): readonly string[] {
  const all = files.flatMap(({ assertionResults }) => assertionResults)
  return all.filter(({ status }) => status !== 'passed').map(({ fullName }) => fullName)
}
