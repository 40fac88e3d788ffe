import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { opensag, type Running, runOpensag } from '../support/process.ts'
import { operatorOf, readCredentials } from '../support/sandbox.ts'

let folder: string
const inFolder = (name: string): string => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-command-line-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('exit code 2 and what was wrong, when it is used wrongly', () => {
  const agent = ['agent', '--server', 'wss://127.0.0.1:1', '--serial', 'sag32a30000', '--data', 'unused']
  for (const [args, complaint] of [
    [['nonsense'], /^opensag has no command "nonsense"\. Run "opensag --help"/],
    [['sandbox', '--nonsense'], /^opensag sandbox has no option --nonsense\./],
    [['sandbox', 'extra'], /^opensag sandbox takes no argument; 1 was given\./],
    [['server', '--port', 'abc'], /^--port must be a whole number from 0 to 65535, not "abc"\.\n$/],
    [['server', '--disk-floor', ''], /^--disk-floor must be a whole number from 0 to 1048576, not ""\.\n$/],
    [['server', '--region', 'mars'], /^--region: there is no such region\. Name one of cn-shanghai, /],
    [['server', '--tls-cert', 'a.pem'], /--tls-cert and --tls-key must be given together/],
    [['server', '--config', 'nowhere.json'], /nowhere\.json does not exist/],
    [['server', '--config', 'README.md'], /README\.md is not valid JSON/],
    [['server', '--config', 'docs'], /^--config: docs is a folder, not a file\.\n$/],
    [
      ['server', '--port', '0', '--data', 'unused', '--master-key-passphrase-file', 'docs'],
      /^--master-key-passphrase-file: docs is a folder/,
    ],
    [['server', '--host', '0.0.0.0'], /needs TLS.*--tls-cert/],
    [['config', 'chekc'], /has no command "chekc"\. Did you mean check\?/],
    [['operator', 'device', 'add', '--serial', 'sag32a30000'], /--model/],
    [['backup'], /--to/],
    [['restore'], /--from FOLDER or --mark-only/],
    [['restore', '--from', 'a', '--mark-only'], /--from FOLDER or --mark-only/],
    [['restore', '--mark-only', '--replace'], /need --from/],
    [['restore', '--from', 'a', '--keep-key', 'LTAI'], /--keep-key needs --deactivate-keys/],
    [['restore', '--from', 'a', '--clients-ahead', '901'], /from 0 to 900/],
    [['call'], /^<action> is missing: name an operation/],
    [['call', 'DescribeRegion'], /no operation "DescribeRegion"\. Did you mean DescribeRegions\?/],
    [['call', 'DescribeRegions', '--output', 'xml'], /^--output must be one of json, table, not "xml"\./],
    [['call', 'DescribeRegions', '--query', 'a['], /is not a JMESPath expression/],
    [['call', 'ModifySAGAdminPassword', 'Password=In_the_open1'], /every user of this machine can read command lines/],
    [['simulate', '--server', 'ws://127.0.0.1:1'], /No gateways given/],
    [['agent', '--serial', 'sag32a30000'], /--server/],
    [[...agent, '--console', 'nowhere'], /--console: "nowhere" is not host:port/],
    [[...agent, '--firmware', '2.3'], /four numbers/],
    [['agent', '--server', 'ws://sag.example.com', '--serial', 'sag32a30000', '--data', 'unused'], /^--server: .*wss:/],
    [
      ['agent', '--server', 'wss://127.0.0.1:1', '--serial', '', '--data', 'unused'],
      /^--serial: a serial number is 4 to 64/,
    ],
    [[...agent, '--log-level', 'loud'], /^--log-level must be one of fatal, .*, not "loud"\./],
    [[...agent, '--ca', 'nowhere.pem'], /^--ca: nowhere\.pem does not exist\. Check the path\.\n$/],
    [[...agent, '--ca', 'docs'], /^--ca: docs is a folder, not a file\.\n$/],
    [[...agent, '--enrolment-key-file', 'docs'], /^--enrolment-key-file: docs is a folder, not a file\.\n$/],
    [
      [...agent, '--console', '127.0.0.1:0', '--console-cert', 'docs', '--console-key', 'docs'],
      /^--console-cert: docs is a folder/,
    ],
    [
      ['simulate', '--server', 'ws://127.0.0.1:1', '--gateways', 'docs'],
      /^--gateways: docs is a folder, not a file\.\n$/,
    ],
    [['rotate', '--from', 'docs'], /^--from: docs is a folder, not a file\.\n$/],
    [['rotate', '--all', '--passwords', 'docs'], /^--passwords: docs is a folder, not a file\.\n$/],
    [['rotate', '--all', '--recipients-file', 'docs'], /^--recipients-file: docs is a folder, not a file\.\n$/],
    [['rotate', 'verify', '--key', 'docs', 'README.md'], /^--key: docs is a folder, not a file\.\n$/],
    [['rotate', 'open', '--identity', 'docs', 'README.md'], /^--identity: docs is a folder, not a file\.\n$/],
    [['audit', 'verify', '--key', 'a'.repeat(43), 'docs'], /^docs is a folder, not a file\.\n$/],
    [['audit', 'verify', '--key', 'a', 'docs'], /^--key: "a" is not valid\. A public key has 43/],
    [
      ['audit', 'verify', '--key', 'a'.repeat(43), '--head', '5', 'docs'],
      /^--head: "5" is not valid\. A head is a number/,
    ],
    [[...agent, '--ca', 'package.json'], /does not contain a PEM certificate/],
    [[...agent, '--console-cert', 'package.json', '--console-key', 'package.json'], /need --console/],
    [[...agent, '--console', '127.0.0.1:0', '--console-cert', 'package.json'], /must be given together/],
    [
      [...agent, '--console', '127.0.0.1:0', '--console-cert', 'package.json', '--console-key', 'package.json'],
      /do not go together/,
    ],
  ] as const) {
    test(args.join(' '), async () => {
      // A key pair is there, so that nothing else is wrong.
      const environment = {
        ALIBABA_CLOUD_ACCESS_KEY_ID: 'id',
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret',
        OPENSAG_ENDPOINT: 'http://127.0.0.1:1',
      }
      const { code, output, errors } = await opensag(args, { environment })
      expect({ code, output }).toEqual({ code: 2, output: '' })
      expect(errors).toMatch(complaint)
      expect(errors).not.toContain('In_the_open1')
    })
  }
})

describe('what a start refuses, `config check` finds, in the same words', () => {
  for (const wrong of [
    ['--host', '0.0.0.0'],
    ['--tls-cert', 'README.md', '--tls-key', 'LICENSE'],
    ['--smtp-host', 'mail.example.com', '--port', '0'],
    ['--data', 'README.md', '--host', '0.0.0.0', '--smtp-host', 'mail.example.com'],
    ['--heartbeat', 'often', '--smtp-security', 'none'],
  ]) {
    test(wrong.join(' '), async () => {
      const start = await opensag(['server', ...wrong])
      const check = await opensag(['config', 'check', ...wrong])
      expect(start).toMatchObject({ code: 2, output: '' })
      expect({ code: check.code, errors: check.errors }).toEqual({ code: 2, errors: start.errors })
      // Sentences of ours, not the words of a library.
      expect(start.errors).not.toMatch(/Invalid input|expected|received|\bE[A-Z]{4,}:|error:|undefined| {4}at /)
    })
  }

  test('what passes is shown with its source, and ends with 0', async () => {
    const { code, output, errors } = await opensag(['config', 'check', '--data', inFolder('to-come'), '--port', '0'])
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(output).toMatch(/^port +0 +--port$/m)
  })
})

describe('exit code 1 and what to do, when it did not work', () => {
  test('an agent whose enrolment key is gone is told that it may need none', async () => {
    const key = inFolder('no-key')
    const args = ['--server', 'wss://127.0.0.1:1', '--serial', 'sag32a30000', '--data', inFolder('agent')]
    const { code, errors } = await opensag(['agent', ...args, '--enrolment-key-file', key])
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringMatching(/does not exist.*remove this option/) })
    await expect(stat(inFolder('agent'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('a key pair that cannot be written to its file ends the start, which says how to get another one', async () => {
    // Only writing it shows that the name has no room for the ending of a temporary file.
    const file = inFolder('x'.repeat(252))
    const args = ['--port', '0', '--data', inFolder('unwritable'), '--write-credentials', file]
    const { code, output, errors } = await opensag(['server', ...args])
    expect({ code, output }).toEqual({ code: 1, output: '' })
    expect(errors).toContain(file)
    const [, command = ''] = /: opensag (operator account key .*)\n$/.exec(errors) ?? []
    const running = runOpensag(['server', '--port', '0', '--data', inFolder('unwritable')])
    await running.printed(/listens on/)
    expect(await opensag(command.split(' '))).toMatchObject({ code: 0, output: expect.stringContaining('Secret') })
    await running.stop()
  })
})

test('whoever stops reading, as `head` does, is told of no error', async () => {
  const { child, output } = runOpensag(['call', '--help'])
  child.stdout?.destroy()
  const code = await new Promise((ended) => child.once('close', ended))
  expect({ code, output: output() }).toEqual({ code: 0, output: '' })
})

describe('a port that another program has', () => {
  let other: Server
  let port: string

  beforeAll(async () => {
    other = createServer()
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
    port = String((other.address() as { readonly port: number }).port)
  })

  afterAll(() => other.close())

  test('is named, and the next start is still the first one, which shows the key pair', async () => {
    const data = inFolder('taken-server')
    const { code, errors } = await opensag(['server', '--data', data, '--port', port])
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining(`127.0.0.1:${port}`) })
    const running = runOpensag(['server', '--data', data, '--port', '0'])
    await running.printed(/listens on/)
    expect(await running.stop()).toBe(0)
    expect(running.output()).toMatch(/AccessKey secret {3}\w+/)
  })

  test('does not spoil the data folder of a sandbox', async () => {
    const data = inFolder('taken-sandbox')
    expect(await opensag(['sandbox', '--data', data, '--port', port])).toMatchObject({ code: 1 })
    const running = runOpensag(['sandbox', '--data', data, '--port', '0'])
    await running.printed(/is ready/)
    expect(await readCredentials(data)).toHaveProperty('accessKeySecret')
    expect(await running.stop()).toBe(0)
  })
})

describe('beside a running server', () => {
  let running: Running
  let data: string

  beforeAll(async () => {
    data = inFolder('running')
    running = runOpensag(['server', '--data', data, '--port', '0'])
    await running.printed(/listens on/)
  })

  afterAll(() => running.stop())

  test('a second one on its data folder says so and ends with 1', async () => {
    const { code, errors } = await opensag(['server', '--data', data, '--port', '0'])
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringMatching(/is in use by another OpenSAG/) })
  })

  test('health ends with 0 while it is ready', async () => {
    expect(await opensag(['health', '--data', data])).toEqual({ code: 0, output: 'ready\n', errors: '' })
  })

  test('health ends with 1 and says why when a server is not ready, though only its proxy may connect', async () => {
    const full = inFolder('full')
    const place = ['--data', full, '--port', '0', '--trusted-proxy', '192.0.2.1', '--disk-floor', '1048576']
    const other = runOpensag(['server', ...place])
    await other.printed(/listens on/)
    expect(await opensag(['health', '--data', full])).toEqual({ code: 1, output: '', errors: 'not ready: disk\n' })
    await other.stop()
    const { code, errors } = await opensag(['health', '--data', full])
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringMatching(/^No server is running on this data/) })
  })

  test('a wrong value for an operator command ends with 2 and says what it may be', async () => {
    const refused = (...args: readonly string[]) => opensag(['operator', ...args, '--data', data])
    expect(await refused('device', 'events', 'sag32a30000', '--most', 'all')).toMatchObject({
      code: 2,
      errors: '--most must be a whole number from 1 to 1000, not "all".\n',
    })
    expect(await refused('device', 'add', '--serial', 'a b', '--model', 'sag-1000')).toMatchObject({
      code: 2,
      errors: '--serial: a serial number is 4 to 64 letters, digits and hyphens.\n',
    })
    expect(await refused('key', 'list', '--account', 'mine')).toMatchObject({ code: 2 })
  })

  test('the --version of a device is that of its firmware', async () => {
    const { operator, device } = operatorOf(data)
    await operator('device', 'add', '--serial', 'sag32a30000', '--model', 'sag-1000', '--version', '2.3.0.9')
    expect(await device('sag32a30000', () => true)).toMatchObject({ version: '2.3.0.9' })
  })
})
