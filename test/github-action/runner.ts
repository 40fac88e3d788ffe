import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runToEnd } from '../support/process.ts'

/** What a runner of GitHub Actions has for one job: folders, and what its steps have set. */
export interface Job {
  /** Environment of the steps that follow, as far as the action set it. */
  readonly environment: Readonly<Record<string, string>>
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  /** Everything the step printed, as it is in the log, without what is masked. */
  readonly log: string
  readonly code: number | null
}

/** Runs a step of an action as a runner does, with what earlier steps of it kept. */
export async function runStep(
  script: string,
  folder: string,
  inputs: Readonly<Record<string, string>>,
  state: Readonly<Record<string, string>> = {},
): Promise<Job> {
  const files = { GITHUB_OUTPUT: '', GITHUB_ENV: '', GITHUB_STATE: '' }
  const environment: Record<string, string> = {
    RUNNER_TEMP: join(folder, 'temp'),
    GITHUB_WORKSPACE: folder,
    CI: 'true',
  }
  await mkdir(environment['RUNNER_TEMP'] ?? '', { recursive: true })
  for (const name of Object.keys(files)) {
    environment[name] = join(folder, name)
    await writeFile(join(folder, name), '')
  }
  for (const [name, value] of Object.entries(inputs)) environment[`INPUT_${name.toUpperCase()}`] = value
  for (const [name, value] of Object.entries(state)) environment[`STATE_${name}`] = value
  const ended = await runToEnd(process.execPath, [script], { cwd: folder, environment })
  const set = async (name: keyof typeof files): Promise<Readonly<Record<string, string>>> =>
    valuesIn(await readFile(join(folder, name), 'utf8'))
  return {
    environment: await set('GITHUB_ENV'),
    outputs: await set('GITHUB_OUTPUT'),
    state: await set('GITHUB_STATE'),
    log: masked(ended.output + ended.errors),
    code: ended.code,
  }
}

/** `NAME<<DELIMITER`, the value, and the delimiter on a line of its own. */
function valuesIn(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/^([^\n]+?)<<(.+)\n([\s\S]*?)\n\2\n/gm)
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]))
}

/** A secret is hidden from the line on that says so. */
function masked(output: string): string {
  const secrets: string[] = []
  return output
    .split('\n')
    .flatMap((line) => {
      const [, secret] = /^::add-mask::(.+)$/.exec(line) ?? []
      if (secret !== undefined) secrets.push(secret)
      return secret === undefined ? [secrets.reduce((text, one) => text.replaceAll(one, '***'), line)] : []
    })
    .join('\n')
}
