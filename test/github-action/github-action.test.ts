import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { cached, must } from '../samples/tool-chain.ts'
import { opensag, root, runToEnd } from '../support/process.ts'
import { programsOfFile } from '../support/programs.ts'
import { limit, until } from '../support/time.ts'
import { type Job, runStep } from './runner.ts'

const action = join(root, 'deploy/github-action')
const { newFolder } = programsOfFile()

/** What the runner would do with the definition, as far as this test needs it. */
async function definition(): Promise<{ readonly scripts: readonly string[]; readonly outputs: readonly string[] }> {
  const text = await readFile(join(action, 'action.yml'), 'utf8')
  const scripts = ['main', 'post'].map((name) => new RegExp(`^  ${name}: (\\S+)$`, 'm').exec(text)?.[1] ?? '')
  const [, outputs = ''] = /^outputs:\n(.*?)^runs:/ms.exec(text) ?? []
  return { scripts, outputs: [...outputs.matchAll(/^ {2}([a-z-]+):$/gm)].map(([, name = '']) => name) }
}

describe('the action, run as a runner does', () => {
  let folder: string
  let started: Job
  let scripts: readonly string[]
  const inputs = { package: 'opensag.tgz', region: 'cn-hangzhou', environment: 'true' }
  const script = (index: number): string => join(action, scripts[index] ?? '')

  beforeAll(async () => {
    folder = await newFolder('action')
    ;({ scripts } = await definition())
    await must(join(root, 'packages/cli'), `npm pack --silent --ignore-scripts --pack-destination ${folder}`)
    await must(folder, 'mv opensag-*.tgz opensag.tgz')
    started = await runStep(script(0), folder, inputs)
    return async () => {
      await runStep(script(1), folder, {}, started.state)
    }
  }, limit(180_000))

  test('starts a sandbox and sets every output that is defined', async () => {
    expect(started, started.log).toMatchObject({ code: 0 })
    expect(Object.keys(started.outputs).sort()).toEqual([...(await definition()).outputs].sort())
    expect(started.outputs).toMatchObject({ region: 'cn-hangzhou', endpoint: expect.stringMatching(/^http:\/\/127/) })
    const gateways = JSON.parse(started.outputs['gateways'] ?? '') as readonly object[]
    expect(gateways[0]).toMatchObject({ instanceId: expect.stringMatching(/^sag-/), serials: expect.any(Array) })
    const file = JSON.parse(await readFile(started.outputs['key-file'] ?? '', 'utf8')) as { accessKeySecret: string }
    expect(file.accessKeySecret).toBe(started.outputs['access-key-secret'])
  })

  test('the key pair is masked before anything can show it', () => {
    for (const name of ['access-key-id', 'access-key-secret']) {
      expect(started.outputs[name]).toMatch(/^\w{16,}$/)
      expect(started.log).not.toContain(started.outputs[name])
    }
    expect(started.log).toContain('OpenSAG is ready at')
  })

  test('a step that follows calls it with the environment that was set, and moves its gateways', async () => {
    const { environment } = started
    const listed = await opensag(['call', 'DescribeSmartAccessGateways'], { environment })
    expect(JSON.parse(listed.output)).toMatchObject({ TotalCount: expect.any(Number) })
    const devices = await opensag(['operator', 'device', 'list', '--json'], { environment })
    expect(devices.code, devices.errors).toBe(0)
  })

  test('at the end of the job it is stopped, and nothing of it is left', async () => {
    const ended = await runStep(script(1), folder, {}, started.state)
    expect(ended, ended.log).toMatchObject({ code: 0, log: expect.stringContaining('OpenSAG has stopped.') })
    await expect(fetch(started.outputs['endpoint'] ?? '')).rejects.toThrow()
    expect(existsSync(started.state['folder'] ?? '')).toBe(false)
    // A job that is cancelled may run it again.
    expect((await runStep(script(1), folder, {}, started.state)).code).toBe(0)
  })

  test('a step that cannot start it fails with what it said, and what it left is removed', async () => {
    const failed = await runStep(script(0), folder, { ...inputs, region: 'not a region' })
    expect(failed).toMatchObject({
      code: 1,
      outputs: {},
      log: expect.stringMatching(/^::error::opensag ended with 2:%0A/m),
    })
    await runStep(script(1), folder, {}, failed.state)
    await until('it is gone', () => !existsSync(failed.state['folder'] ?? ''))
  })
})

/** Of Debian's it needs a newer one. */
const [, minor = 0] = (/go1\.(\d+)/.exec(String(spawnSync('go', ['version']).stdout)) ?? []).map(Number)

describe.skipIf(minor < 24)('actionlint (needs Go 1.24 or newer)', () => {
  const workflow = (uses: string): string => `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - id: sag
        uses: ./deploy/github-action
        with:
          region: cn-hangzhou
      - run: echo "${uses}"
`

  test(
    'finds nothing wrong with the definition and a workflow that uses its outputs, and names an output that is not there',
    async () => {
      const tool = await cached('actionlint-1.7.12', async (coming) => {
        await must(coming, 'GOBIN="$PWD" go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12')
      })
      const repository = await newFolder('workflow')
      await cp(action, join(repository, 'deploy/github-action'), { recursive: true })
      await mkdir(join(repository, '.github/workflows'), { recursive: true })
      await must(repository, 'git init --quiet .')
      const lint = async (uses: string): ReturnType<typeof runToEnd> => {
        await writeFile(join(repository, '.github/workflows/test.yml'), workflow(uses))
        return runToEnd(join(tool, 'actionlint'), ['-oneline'], { cwd: repository })
      }
      const { outputs } = await definition()
      const output = (name: string): string => `\${{ steps.sag.outputs.${name} }}`
      expect(await lint(outputs.map(output).join(' '))).toEqual({ code: 0, output: '', errors: '' })
      expect((await lint(output('nothing'))).output).toContain('property "nothing" is not defined')
    },
    limit(180_000),
  )
})
