// How tests in other languages start an OpenSAG as a program, and the examples that do so with official clients.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { must } from '../samples/tool-chain.ts'
import { goChain, pythonChain, pythonWith } from '../samples/tool-chains.ts'
import { root, runToEnd } from '../support/process.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { limit, until } from '../support/time.ts'

const { run, newFolder } = programsOfEachTest()
const examples = join(root, 'examples/testing')
const environment = { OPENSAG_COMMAND: `${process.execPath} ${join(root, 'packages/cli/bin/opensag.js')}` }

test('a sandbox for a program prints one line with all it has to know, without the secret, and stops with its standard input', async () => {
  const data = await newFolder('example')
  const sandbox = run(['sandbox', '--json', '--until-stdin-ends', '--port', '0', '--data', data])
  let printed = ''
  sandbox.child.stdout?.on('data', (text) => {
    printed += text
  })
  await sandbox.printed(/"ready":true.*\n/)
  const ready = JSON.parse(printed) as { endpoint: string; keyFile: string; gateways: readonly { name: string }[] }
  expect(printed.split('\n')).toHaveLength(2)
  expect(ready).toMatchObject({ ready: true, regionId: 'cn-shanghai', keyFile: join(data, 'credentials.json') })
  expect(ready.gateways).toContainEqual({
    name: 'demo-sag-100wm',
    instanceId: expect.stringMatching(/^sag-/),
    serials: [expect.stringMatching(/^sag/)],
  })
  expect((await fetch(`${ready.endpoint}/healthz`)).status).toBe(200)
  const { accessKeySecret } = JSON.parse(await readFile(ready.keyFile, 'utf8')) as { accessKeySecret: string }
  expect(sandbox.output()).not.toContain(accessKeySecret)
  const ended = new Promise((code) => sandbox.child.once('close', code))
  sandbox.child.stdin?.end()
  expect(await ended).toBe(0)
})

test('one that certifies itself names the certificate by which it is trusted', async () => {
  const data = await newFolder('example')
  const sandbox = run(['sandbox', '--json', '--tls-self-signed', 'on', '--port', '0', '--data', data])
  const [line] = await sandbox.printed(/\{"ready":true.*\}\n/)
  const { endpoint, caFile } = JSON.parse(line) as { readonly endpoint: string; readonly caFile: string }
  expect(caFile).toBe(join(data, 'ca.pem'))
  const ask = ['-sS', '--cacert', caFile, `${endpoint}/healthz`]
  expect(await runToEnd('curl', ask)).toMatchObject({ code: 0, output: '{"status":"ok","sandbox":true}' })
  expect(await sandbox.stop()).toBe(0)
})

test('a sandbox that listens for others stops at once, with its gateways', async () => {
  const listening = ['--trusted-proxy', '192.0.2.1', '--port', '0', '--data', await newFolder('example')]
  const sandbox = run(['sandbox', '--json', ...listening])
  await sandbox.printed(/"ready":true.*\n/)
  let code: number | null | undefined
  void sandbox.stop().then((ended) => {
    code = ended
  })
  // Less than the time for which connections are waited for.
  await until('it has stopped', () => code !== undefined, limit(4000))
  expect(code).toBe(0)
})

describe.skipIf(pythonChain.lack !== undefined)(`Python (${pythonChain.lack ?? 'at hand'})`, () => {
  test(
    'the tests of examples/testing/python pass',
    async () => {
      // What the pages about clients use too.
      const venv = await pythonWith(['alibabacloud-smartag20180313==2.1.2', 'aliyun-python-sdk-core==2.16.1'])
      const line = `PYTHONDONTWRITEBYTECODE=1 ${venv}/bin/python -m unittest test_process 2>&1`
      expect(await must(join(examples, 'python'), line, environment)).toMatch(/Ran 3 tests[\s\S]*OK/)
    },
    limit(300_000),
  )
})

describe.skipIf(goChain.lack !== undefined)(`Go (${goChain.lack ?? 'at hand'})`, () => {
  test(
    'the tests of examples/testing/go/process pass',
    async () => {
      expect(await must(join(examples, 'go/process'), 'go test -count=1 ./...', environment)).toMatch(/^ok\s/)
    },
    limit(300_000),
  )
})
