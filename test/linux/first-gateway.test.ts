import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import { root } from '../support/process.ts'
import { until } from '../support/time.ts'
import { type Box, finish, startBox, whatBoxesNeed } from './box.ts'

const page = readFileSync(join(root, 'docs/gateway.md'), 'utf8')
const section = page.slice(page.indexOf('## The first gateway'), page.indexOf('### Orders without a shop'))
/** The commands of the steps, in their order; continued lines are one. */
const steps = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, text = '']) => text.replace(/\\\n\s*/g, '').trim())
/** What the unit runs, in the environment that the page writes for it. */
const unit =
  /^ExecStart=(.*)$/m.exec(readFileSync(join(root, 'deploy/systemd/opensag-agent.service'), 'utf8'))?.[1] ?? ''
const settings = [...(/```ini\n(OPENSAG_AGENT_.*?)```/s.exec(page)?.[1] ?? '').matchAll(/^(\w+)=(.*)$/gm)]
const [startServer = '', addGateway = '', addAccount = ''] = steps
const passwords = { first: 'First_pass1', second: 'Second_pass2' }

const lack = whatBoxesNeed({ openssl: 'openssl', curl: 'curl' })

test('the page has the three commands that are typed, and the service', () => {
  expect(steps).toHaveLength(3)
  expect(startServer).toMatch(/^opensag server /)
  expect(addGateway).toMatch(/^opensag operator gateway add /)
  expect(addAccount).toMatch(/^useradd /)
  expect(unit).toMatch(/ opensag agent /)
  expect(settings).toHaveLength(3)
})

/** Server and gateway share one box, where `sag.example.com` is the box itself. */
describe.skipIf(lack !== undefined)(`docs/gateway.md, step by step${lack ? ` (${lack})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-first-gateway-'))
  let box: Box
  let agent: Typed
  let change = ''

  beforeAll(async () => {
    box = await startBox()
    const { cert, key } = makeCertificate(folder, 'sag.example.com')
    mkdirSync(box.path('/etc/opensag'))
    writeFileSync(box.path('/etc/opensag/chain.pem'), readFileSync(cert))
    writeFileSync(box.path('/etc/opensag/key.pem'), readFileSync(key), { mode: 0o600 })
    mkdirSync(join(folder, 'bin'))
    const program = `#!/bin/sh\nexec ${process.execPath} ${root}/packages/cli/bin/opensag.js "$@"\n`
    writeFileSync(join(folder, 'bin/opensag'), program, { mode: 0o755 })
    await box.run(['sh', '-c', 'echo 127.0.0.1 sag.example.com >> /etc/hosts; ip addr add 192.168.0.1/24 dev lo'])
  })

  afterAll(async () => {
    await box?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Types a command into a shell of the box that finds `opensag`, and trusts the certificate as a public one. */
  function type(command: string, stdin?: string): Typed {
    const environment = [
      `PATH=${join(folder, 'bin')}:${process.env['PATH']}`,
      'NODE_EXTRA_CA_CERTS=/etc/opensag/chain.pem',
    ]
    const child = box.start(['env', ...environment, 'bash', '-c', command])
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    if (stdin !== undefined) child.stdin?.end(stdin)
    return { child, output: () => output }
  }

  async function isConnected(): Promise<boolean> {
    const { stdout } = await finish(type('opensag operator device list --data /var/lib/opensag --json').child)
    return JSON.parse(stdout)[0].online
  }

  /** What the local console answers to this password. */
  async function logsOn(password: string): Promise<string> {
    const fields = `-d username=admin -d password=${password}`
    const { stdout } = await box.run([
      'sh',
      '-c',
      `curl -s -o /dev/null -w '%{http_code}' ${fields} http://192.168.0.1/login`,
    ])
    return stdout
  }

  async function setPassword(password: string): Promise<void> {
    const { status, stdout } = await finish(type(change).child, `${password}\n`)
    expect({ status, answer: Object.keys(JSON.parse(stdout)) }).toEqual({ status: 0, answer: ['RequestId'] })
  }

  test('the server starts, and one command adds the gateway', async () => {
    const server = type(startServer)
    await until('the server', () => server.output().includes('OpenSAG listens on https://sag.example.com:443'))
    const { status, stdout, stderr } = await finish(type(addGateway).child)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const enrol = /^opensag agent .*\n.*\nKEY$/m.exec(stdout)?.[0] ?? ''
    change = /^opensag call ModifySAGAdminPassword .*$/m.exec(stdout)?.[0] ?? ''
    expect(enrol).toContain('--server wss://sag.example.com:443 --serial sag0000001 ')
    expect(change).toMatch(/ --data \/var\/lib\/opensag SmartAGId=sag-\w{18} SmartAGSn=sag0000001 Password=@-$/)
    expect(await finish(type(addAccount).child)).toMatchObject({ status: 0 })
    agent = type(enrol)
    await until('the gateway', isConnected)
  })

  test('the second printed command sets the first password, which opens the account', async () => {
    expect(await logsOn(passwords.first)).toBe('401')
    await setPassword(passwords.first)
    expect(await logsOn(passwords.first)).toBe('303')
    expect(readFileSync(box.path('/etc/shadow'), 'utf8')).toMatch(/^admin:\$6\$/m)
  })

  test('stopped and started as the service starts it, without a key, it takes the next password', async () => {
    const ended = once(agent.child, 'close')
    // Ctrl-C goes to everything that runs in the foreground.
    process.kill(-(agent.child.pid ?? Number.NaN), 'SIGINT')
    await ended
    await until('the gateway is gone', async () => !(await isConnected()))
    type([...settings.map(([, name, value]) => `export ${name}='${value}'`), unit].join('\n'))
    await until('the gateway', isConnected)
    await setPassword(passwords.second)
    expect([await logsOn(passwords.first), await logsOn(passwords.second)]).toEqual(['401', '303'])
  })
})

interface Typed {
  readonly child: ChildProcess
  output(): string
}
