import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import { type Running, root, runOpensag, runToEnd } from '../support/process.ts'
import { operatorOf } from '../support/sandbox.ts'
import { purchase } from '../support/signed-request.ts'
import { type Box, startBox, whatBoxesNeed } from './box.ts'
import { watchCommandLines } from './command-lines.ts'
import { type SshServer, startSshServer } from './ssh.ts'

const lack = whatBoxesNeed({ openssl: 'openssl' })
const serial = 'sag32a30000'
const state = '/var/lib/opensag-agent'
/** What `docs/gateway.md` gives the service; the console's port below 1024 apart, nothing may need more. */
const capabilities = '-all,+dac_override,+chown,+fowner'
const passwords = { first: 'First_pass1', second: 'Second_pass2', third: 'Third_pass3', offline: 'Never_pass4' }

describe.skipIf(lack !== undefined)(`from the API to the sshd of a Linux gateway${lack ? ` (${lack})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-path-'))
  const trusting = { OPENSAG_DATA: folder, NODE_EXTRA_CA_CERTS: join(folder, 'server.pem') }
  const { operator, device } = operatorOf(folder)
  let box: Box
  let ssh: SshServer
  let server: Running
  let serverUrl: string
  let agent: Agent
  let instance: string

  beforeAll(async () => {
    box = await startBox()
    await box.run(['useradd', '-m', '-s', '/bin/sh', 'admin'])
    ssh = await startSshServer(box)

    const { cert, key } = makeCertificate(folder, box.hostAddress)
    const place = ['--data', folder, '--host', box.hostAddress, '--port', '0', '--tls-cert', cert, '--tls-key', key]
    server = runOpensag(['server', ...place, '--write-credentials', join(folder, 'credentials.json')])
    serverUrl = (await server.printed(/listens on (https:\S+)/))[1] ?? ''

    instance = String((await api('CreateSmartAccessGateway', purchase))['SmartAGId'])
    await enrolmentKeyInBox()
    await api('BindSerialNumber', { SmartAGId: instance, SerialNumber: serial })
    await api('ActivateSmartAccessGateway', { SmartAGId: instance })
    agent = startAgent('--enrolment-key-file', '/etc/opensag/enrolment-key')
    await device(serial)
  })

  afterAll(async () => {
    await server?.stop()
    await box?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function api(action: string, params: object): Promise<Readonly<Record<string, unknown>>> {
    const args = [join(import.meta.dirname, 'call-api.mjs'), action]
    const { code, output, errors } = await runToEnd(process.execPath, args, {
      input: JSON.stringify(params),
      environment: trusting,
    })
    if (code !== 0) throw new Error(`${action} ended with ${code}: ${errors}`)
    return JSON.parse(output)
  }

  async function enrolmentKeyInBox(): Promise<void> {
    const wanted = ['--serial', serial, '--model', 'sag-1000', '--version', '2.3.1.1']
    const { enrolmentKey } = await operator<{ enrolmentKey: string }>('device', 'add', ...wanted)
    mkdirSync(box.path('/etc/opensag'), { mode: 0o700 })
    writeFileSync(box.path('/etc/opensag/enrolment-key'), `${enrolmentKey}\n`, { mode: 0o600 })
    copyFileSync(join(folder, 'server.pem'), box.path('/etc/opensag/ca.pem'))
  }

  function startAgent(...more: readonly string[]): Agent {
    const place = ['--server', serverUrl.replace('https:', 'wss:'), '--ca', '/etc/opensag/ca.pem', '--serial', serial]
    const confined = ['setpriv', '--no-new-privs', '--bounding-set', capabilities] as const
    const program = [process.execPath, join(root, 'packages/cli/bin/opensag.js'), 'agent']
    const child = box.start([...confined, ...program, ...place, '--linux-account', 'admin', '--data', state, ...more])
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    return { child, output: () => output }
  }

  /** Resolves with its exit code, null when the signal ended it. */
  async function end({ child }: Agent, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const ended = once(child, 'close')
    // nsenter waits for the one child it has, which is the agent.
    process.kill(Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')), signal)
    const [code] = (await ended) as [number | null]
    return code
  }

  /** As the documentation shows it, unmodified. */
  const change = (password: string): ReturnType<typeof runToEnd> =>
    runToEnd(process.execPath, [join(root, 'docs/examples/openapi-core.mjs'), instance, serial], {
      input: `${password}\n`,
      environment: trusting,
    })

  const opens = (password: string): Promise<boolean> => ssh.accepts('admin', password)

  test('a gateway that has just enrolled takes its first password, and it opens ssh', async () => {
    expect(await opens(passwords.first)).toBe(false)
    expect(await change(passwords.first)).toMatchObject({ code: 0, errors: '' })
    expect(await opens(passwords.first)).toBe(true)
  })

  test('after a change ssh refuses the old password and accepts the new; neither was on a command line', async () => {
    const watch = watchCommandLines(box.path('/proc'))
    expect(await change(passwords.second)).toMatchObject({ code: 0, errors: '' })
    expect(await opens(passwords.first)).toBe(false)
    expect(await opens(passwords.second)).toBe(true)
    const seen = await watch.stop()
    expect(seen.some((line) => line.includes('opensag.js agent'))).toBe(true)
    expect(seen.filter((line) => Object.values(passwords).some((password) => line.includes(password)))).toEqual([])
  })

  test('while the agent is stopped the call answers SmartAccessGatewayOffline, and the old password still opens', async () => {
    expect(await end(agent, 'SIGKILL')).toBe(null)
    await device(serial, ({ online }) => !online)
    const refused = await change(passwords.offline)
    expect(refused.code).not.toBe(0)
    expect(refused.errors).toContain('SmartAccessGatewayOffline')
    expect(await opens(passwords.offline)).toBe(false)
    expect(await opens(passwords.second)).toBe(true)
  })

  test('killed and started again without its enrolment key, it takes the next change', async () => {
    rmSync(box.path('/etc/opensag/enrolment-key'))
    const killed = agent
    agent = startAgent()
    await device(serial)
    expect(await change(passwords.third)).toMatchObject({ code: 0, errors: '' })
    expect(await opens(passwords.second)).toBe(false)
    expect(await opens(passwords.third)).toBe(true)
    expectNoPassword('what the agents printed', killed.output() + agent.output())
  })

  test('no password is in the files of the agent or the server, nor in what they printed', () => {
    const files = [...filesUnder(box.path(state)), ...filesUnder(folder)]
    expect(files.map((file) => file.split('/').at(-1))).toEqual(
      expect.arrayContaining(['identity.json', 'password-change.json', 'opensag.db']),
    )
    for (const file of files) expectNoPassword(file, readFileSync(file, 'latin1'))
    expectNoPassword('what the server printed', server.output())
  })

  test('told to stop, the agent ends with 0 and goes offline', async () => {
    expect(await end(agent, 'SIGTERM')).toBe(0)
    await device(serial, ({ online }) => !online)
  })
})

interface Agent {
  readonly child: ChildProcess
  output(): string
}

function expectNoPassword(where: string, text: string): void {
  const found = Object.keys(passwords).filter((name) => text.includes(passwords[name as keyof typeof passwords]))
  expect({ where, found }).toEqual({ where, found: [] })
}

function filesUnder(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
