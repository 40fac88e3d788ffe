// The published packages as a stranger gets them: from the archives, in an empty folder, with each Node that is supported.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodes } from '../../scripts/support/nodes.js'
import { logOn } from '../support/local-console.ts'
import { type Running, root, runToEnd } from '../support/process.ts'
import type { OperatorDevice } from '../support/sandbox.ts'
import { limit } from '../support/time.ts'
import { type Archives, type Installation, install, packAll } from './archives.ts'

interface Started extends Installation {
  readonly sandbox: Running
}

let archives: Archives
const started = new Map<string, Started>()

beforeAll(async () => {
  archives = await packAll()
  await Promise.all(
    nodes
      .filter(({ isThere }) => isThere)
      .map(async (node) => {
        const installation = await install(archives, node)
        const sandbox = installation.start('opensag sandbox')
        started.set(node.line, { ...installation, sandbox })
        await sandbox.printed(/is ready/)
      }),
  )
}, limit(240_000))
afterAll(async () => {
  await Promise.all([...started.values()].map(({ sandbox }) => sandbox.stop()))
  await archives?.remove()
}, limit(60_000))

function on(line: string): Started {
  const found = started.get(line)
  if (found === undefined) throw new Error(`Nothing is installed with Node ${line}.`)
  return found
}

const anyInstalled = (): Started => on(nodes.find(({ isThere }) => isThere)?.line ?? 'none')

describe('an archive', () => {
  test('of each package has its licence, what it is, and where its sources are', async () => {
    const folders = ['cli', 'smartag-client', 'testing']
    expect(archives.files.length).toBe(folders.length)
    const licence = await readFile(join(root, 'LICENSE'), 'utf8')
    for (const name of folders) {
      const { name: published, version } = JSON.parse(
        await readFile(join(root, 'packages', name, 'package.json'), 'utf8'),
      )
      const archive = archives.files.find((file) =>
        file.endsWith(`/${published.replace('@', '').replace('/', '-')}-${version}.tgz`),
      )
      const read = async (file: string): Promise<string> =>
        (await runToEnd('tar', ['-xzOf', archive ?? '', `package/${file}`])).output
      expect(await read('LICENSE')).toBe(licence)
      expect(await read('README.md')).toContain(`# ${published}\n`)
      expect(JSON.parse(await read('package.json'))).toMatchObject({
        license: 'Apache-2.0',
        homepage: expect.stringContaining('https://'),
        bugs: expect.stringContaining('https://'),
        repository: { type: 'git', url: 'git+https://github.com/opensag/opensag.git', directory: `packages/${name}` },
        publishConfig: { access: 'public', provenance: true },
      })
      const list = (await runToEnd('tar', ['-tzf', archive ?? ''])).output
      expect(list).not.toMatch(/\.tsbuildinfo|\.test\.|\.suite\./)
      // The program is in `opensag` alone.
      if (name === 'testing') expect(list.match(/[\w/]+\.js$/gm)).toEqual(['package/container.js', 'package/index.js'])
    }
  })
})

describe.each(nodes)('installed with Node $line', ({ line, isThere, installCommand }) => {
  const title = (text: string): string => (isThere ? text : `${text} (enable with: ${installCommand})`)

  test.skipIf(!isThere)(
    title('the command that the first start prints changes the password of a gateway'),
    async () => {
      const { sandbox, run } = on(line)
      expect((await run('node --version')).output).toMatch(new RegExp(`^v${line}\\.`))
      const [, pasted = ''] = /^ {2}(npx opensag call ModifySAGAdminPassword .*)$/m.exec(sandbox.output()) ?? []
      expect(await run(pasted, 'Pasted_password\n')).toMatchObject({
        code: 0,
        output: expect.stringContaining('RequestId'),
      })
      const [, serial] = /SmartAGSn=(\S+)/.exec(pasted) ?? []
      const devices = JSON.parse((await run('opensag operator device list --json')).output) as readonly OperatorDevice[]
      const { localConsole } = devices.find((device) => device.serial === serial) ?? {}
      expect(await logOn(localConsole ?? '', 'Pasted_password')).toBe(303)
      expect(await logOn(localConsole ?? '', 'Other_password1')).toBe(401)
    },
  )

  test.skipIf(!isThere)(title('a program calls it with the typed client'), async () => {
    const { run, library } = on(line)
    const program = join(library, 'program.mjs')
    await writeFile(
      program,
      `import { readFileSync } from 'node:fs'
      import { smartagClient } from '@opensag/smartag-client'
      const { endpoint, regionId, ...key } = JSON.parse(readFileSync('.opensag/credentials.json', 'utf8'))
      const client = smartagClient({ endpoint, key })
      const page = await client.call('DescribeSmartAccessGateways', { RegionId: regionId, PageSize: 50 })
      const unknown = await client.attempt('DeleteSmartAccessGateway', { RegionId: regionId, InstanceId: 'sag-none' })
      console.log(page.TotalCount, unknown.ok, unknown.error.code)`,
    )
    expect(await run(`node ${program}`)).toEqual({ code: 0, errors: '', output: '6 false SAG.InstanceNoFound\n' })
  })

  test.skipIf(!isThere)(title('the tests of docs/testing.md pass'), async () => {
    const page = await readFile(join(root, 'docs/testing.md'), 'utf8')
    const programs = [...page.matchAll(/^```js\n(.*?)^```/gms)].map(([, text = '']) => text)
    expect(await strangersTests(on(line), programs)).toBe(5)
  })
})

test(
  'the types of the packages are complete: the compiler accepts what is right and names what is wrong',
  async () => {
    const { library } = anyInstalled()
    const program = join(library, 'program.mts')
    const compile = (text: string): ReturnType<typeof runToEnd> =>
      writeFile(program, text).then(() =>
        runToEnd(process.execPath, [
          join(root, 'node_modules/typescript/bin/tsc'),
          ...[
            '--noEmit',
            '--strict',
            '--target',
            'es2022',
            '--module',
            'nodenext',
            '--lib',
            'es2023,dom',
            '--types',
            '',
          ],
          ...['--ignoreConfig', program],
        ]),
      )
    const right = `import { OpenSag, type TestGateway } from '@opensag/testing'
    import { smartagClient, type ErrorCodeOf } from '@opensag/smartag-client'
    const client = smartagClient({ endpoint: 'https://smartag.cn-shanghai.aliyuncs.com', key: { accessKeyId: 'a', accessKeySecret: 'b' } })
    const logs = await client.call('DescribeFlowLogs', { RegionId: 'cn-shanghai', OutputType: 'sls' })
    export const names: (string | undefined)[] = (logs.FlowLogs?.FlowLogSetType ?? []).map(({ Name }) => Name)
    const changed = await client.attempt('ModifySAGAdminPassword', { RegionId: 'r', SmartAGId: 's', SmartAGSn: 'n', Password: 'p' })
    if (!changed.ok) {
      const code: ErrorCodeOf<'ModifySAGAdminPassword'> = changed.error.code
      if (code === 'SmartAccessGatewayOffline') console.log('offline')
    }
    await using sag: OpenSag = await OpenSag.start({ fleet: [{ model: 'SCG5000' }], seed: 7 })
    const gateway: TestGateway = sag.gateway('branch-1')
    await gateway.break('disk-full')`
    expect(await compile(right)).toEqual({ code: 0, errors: '', output: '' })
    const wrong = await compile(`import { OpenSag } from '@opensag/testing'
    import { smartagClient } from '@opensag/smartag-client'
    const client = smartagClient({ endpoint: '', key: { accessKeyId: 'a', accessKeySecret: 'b' } })
    await client.call('DescribeFlowLogs', { OutputType: 'all of them' })
    await client.call('DescribeNothing', {})
    const changed = await client.attempt('RebootSmartAccessGateway', { RegionId: 'r', SmartAGId: 's' })
    if (!changed.ok && changed.error.code === 'NoSuchCode') console.log('never')
    await OpenSag.start({ fleet: [{ model: 'sag-9000' }] })`)
    const lines = [...wrong.output.matchAll(/program\.mts\((\d+),/g)].map(([, line]) => Number(line))
    expect([...new Set(lines)]).toEqual([4, 5, 7, 8])
  },
  limit(60_000),
)

test('faults, isolation, seeds and the end of a server are as docs/testing.md says', async () => {
  const names = ['faults.mjs', 'servers.mjs']
  const programs = await Promise.all(names.map((name) => readFile(join(import.meta.dirname, 'stranger', name), 'utf8')))
  expect(await strangersTests(anyInstalled(), programs)).toBe(12)
})

/** How many tests of these programs pass; all of them do. */
async function strangersTests({ run, library }: Started, programs: readonly string[]): Promise<number> {
  const files = await Promise.all(
    programs.map(async (text, index) => {
      const file = join(library, `stranger-${index}.test.mjs`)
      await writeFile(file, text)
      return file
    }),
  )
  const { code, output, errors } = await run(
    `LIMIT_MS=${limit(60_000)} node --test --test-force-exit --test-reporter=tap ${files.join(' ')}`,
  )
  expect({ code, errors }, output).toEqual({ code: 0, errors: '' })
  return Number(/^# pass (\d+)$/m.exec(output)?.[1])
}
