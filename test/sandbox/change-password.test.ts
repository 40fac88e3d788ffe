import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instanceOf, popCore } from '../support/api.ts'
import { logOn, setFirstPassword } from '../support/local-console.ts'
import { root, runToEnd } from '../support/process.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'

const serial = 'sagdemo100wm'
const examples = join(root, 'docs/examples')

let sandbox: Sandbox
let instance: string
let console_: string
let current = 'First_password1'

beforeAll(async () => {
  sandbox = await startSandbox()
  const device = await sandbox.device(serial)
  console_ = device.localConsole ?? ''
  instance = await instanceOf(sandbox, serial)
  expect(await setFirstPassword(console_, current)).toBe(303)
})

afterAll(() => sandbox.remove())

test('the first start prints where the console and the API are, and the key pair', async () => {
  const { endpoint, accessKeyId, accessKeySecret } = sandbox
  const printed = sandbox.running.output()
  for (const text of [endpoint, accessKeyId, accessKeySecret]) expect(printed).toContain(text)
  const page = await fetch(/Console +(\S+)/.exec(printed)?.[1] ?? 'about:nothing')
  expect(page.headers.get('content-type')).toMatch(/^text\/html/)
})

/** The ways a new user would try, as the documentation shows them. */
const ways = [
  { name: '@alicloud/pop-core (V1)', command: process.execPath, args: [join(examples, 'pop-core.mjs')], more: [] },
  {
    name: '@alicloud/openapi-core (V3)',
    command: process.execPath,
    args: [join(examples, 'openapi-core.mjs')],
    more: [],
  },
  {
    name: '@alicloud/openapi-core (V1)',
    command: process.execPath,
    args: [join(examples, 'openapi-core.mjs')],
    more: ['v2'],
  },
  { name: 'curl and openssl (JSON)', command: 'bash', args: [join(examples, 'curl.sh')], more: [] },
  { name: 'curl and openssl (XML)', command: 'bash', args: [join(examples, 'curl.sh')], more: ['XML'] },
]

describe.sequential('a password set through the API opens the gateway, and the one before does not', () => {
  for (const [index, { name, command, args, more }] of ways.entries()) {
    test(name, async () => {
      const next = `Next_password${index}`
      const { code, output, errors } = await runToEnd(command, [...args, instance, serial, ...more], {
        input: `${next}\n`,
        environment: { OPENSAG_DATA: sandbox.data },
      })
      expect({ code, errors }).toEqual({ code: 0, errors: '' })
      expect(output).toMatch(
        more[0] === 'XML' ? /^<\?xml.*<ModifySAGAdminPasswordResponse><RequestId>[-0-9A-F]{36}</s : /RequestId"?:/,
      )
      expect(await logOn(console_, current)).toBe(401)
      expect(await logOn(console_, next)).toBe(303)
      current = next
    })
  }

  test('the command that the start prints', async () => {
    const [, line = ''] = /^ {2}(npx opensag call ModifySAGAdminPassword .*)$/m.exec(sandbox.running.output()) ?? []
    expect(line).toContain('Password=@-')
    const next = 'Pasted_password'
    const { code, errors } = await runToEnd('bash', ['-c', line], {
      input: `${next}\n`,
      // What the sandbox was told by a variable is not known where the command is pasted.
      environment: { OPENSAG_DATA: '' },
    })
    expect({ code, errors: errors.replace(/^npm warn.*\n/gm, '') }).toEqual({ code: 0, errors: '' })
    const [, changed = ''] = /SmartAGSn=(\S+)/.exec(line) ?? []
    const { localConsole } = await sandbox.device(changed)
    expect(await logOn(localConsole ?? '', next)).toBe(303)
    if (changed === serial) current = next
  })
})

test('the program of README shows the gateways', async () => {
  const [, program = ''] = /```js\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? []
  const there = program.replace("'.opensag/credentials.json'", JSON.stringify(join(sandbox.data, 'credentials.json')))
  const { code, output, errors } = await runToEnd(process.execPath, ['--input-type=module', '--eval', there])
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  for (const shown of [instance, serial, 'demo-vcpe']) expect(output).toContain(shown)
})

describe('a change that cannot be', () => {
  test('answers the documented offline error, and the old password stays the only one', async () => {
    await sandbox.operator('device', 'power', serial, 'off')
    await sandbox.device(serial, ({ online }) => !online)
    const refused = popCore(sandbox).request(
      'ModifySAGAdminPassword',
      { RegionId: sandbox.regionId, SmartAGId: instance, SmartAGSn: serial, Password: 'Never_in_force1' },
      { method: 'POST' },
    )
    await expect(refused).rejects.toMatchObject({ code: 'SmartAccessGatewayOffline' })
    await sandbox.operator('device', 'power', serial, 'on')
    const { localConsole } = await sandbox.device(serial)
    expect(await logOn(localConsole ?? '', 'Never_in_force1')).toBe(401)
    expect(await logOn(localConsole ?? '', current)).toBe(303)
  })

  test('answers ConfigUnsynchronized after a change at the local console', async () => {
    await sandbox.operator('device', 'edit', 'sagdemo1000a', '--set', 'hostname=branch-7')
    const pair = await instanceOf(sandbox, 'sagdemo1000a')
    const call = popCore(sandbox).request(
      'ModifySAGAdminPassword',
      { RegionId: sandbox.regionId, SmartAGId: pair, SmartAGSn: 'sagdemo1000a', Password: 'Never_in_force1' },
      { method: 'POST' },
    )
    await expect(call).rejects.toMatchObject({ code: 'ConfigUnsynchronized' })
  })
})

test('a restart keeps everything: keys, instances, and the gateways come back', async () => {
  const { data } = sandbox
  expect(await sandbox.running.stop()).toBe(0)
  const before = { accessKeyId: sandbox.accessKeyId, accessKeySecret: sandbox.accessKeySecret }
  sandbox = await startSandbox(data)
  expect(sandbox).toMatchObject(before)
  const { localConsole } = await sandbox.device(serial)
  expect(await instanceOf(sandbox, serial)).toBe(instance)
  expect(await logOn(localConsole ?? '', current)).toBe(303)
})
