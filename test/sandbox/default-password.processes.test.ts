import { readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { callApi } from '../../packages/cli/src/api-client.ts'
import { opensag, type Running } from '../support/process.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { operatorOf, readCredentials } from '../support/sandbox.ts'
import { limit } from '../support/time.ts'

// A password nobody has changed, as the operator sees it of a real gateway program, and when it is gone and back.

const serial = 'sagdefault01'
const { run, newFolder } = programsOfEachTest()

function metrics(socketPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path: '/metrics' }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () => resolve(text))
    })
      .on('error', reject)
      .end()
  })
}

test(
  'a gateway without a password is listed, is not once one is set, and is again after a reset and for a replaced box',
  async () => {
    const folder = await newFolder('default')
    const data = join(folder, 'server')
    const credentials = join(data, 'credentials.json')
    const server = run(['server', '--data', data, '--port', '0', '--write-credentials', credentials])
    const [, url = ''] = await server.printed(/listens on (http:\S+)/)
    const found = await readCredentials(data)
    const key = { ...found, endpoint: url, accessKeySecret: Secret.of(found.accessKeySecret) }
    const { operator, device } = operatorOf(data)
    const isDefault = async (): Promise<boolean> =>
      (await operator<readonly unknown[]>('device', 'list', '--default-password')).length > 0

    const added = await operator<{ readonly instanceId: string; readonly enrolmentKey: string }>(
      ...['gateway', 'add', '--name', 'branch', '--model', 'sag-1000', '--cidr', '10.0.0.0/24', '--serial', serial],
    )
    const keyFile = join(folder, 'enrolment-key')
    await writeFile(keyFile, `${added.enrolmentKey}\n`, { mode: 0o600 })
    expect(await isDefault()).toBe(false)

    const startAgent = (agentData: string): Running =>
      run([
        ...['agent', '--server', `${url.replace('http', 'ws')}/channel`, '--serial', serial, '--data', agentData],
        ...['--console', '127.0.0.1:0', '--enrolment-key-file', keyFile, '--log-level', 'error'],
      ])
    const box = join(folder, 'box')
    const agent = startAgent(box)
    await device(serial)
    const shown = await opensag(['agent', 'status', '--data', box])
    expect(shown).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^gateway: .*\nconnection: online\nconfiguration: revision \d+ of sag-/),
    })
    expect(shown.output).toContain('network: it carries no packets')
    expect(await opensag(['agent', 'health', '--data', box])).toMatchObject({ code: 0, output: 'online\n' })
    expect(await isDefault()).toBe(true)
    expect(await device(serial, () => true)).toMatchObject({ adminPassword: 'NotSet', adminPasswordChangedAt: null })
    expect(await metrics(join(data, 'operator.sock'))).toContain('opensag_gateways_default_password 1\n')

    const params = { RegionId: key.regionId, SmartAGId: added.instanceId, SmartAGSn: serial }
    const change = async (): Promise<void> => {
      const { status, body } = await callApi(key, 'ModifySAGAdminPassword', { ...params, Password: 'Changed_pass1' })
      expect({ status, body }).toMatchObject({ status: 200 })
    }
    await change()
    expect(await isDefault()).toBe(false)
    expect(await device(serial, () => true)).toMatchObject({
      adminPassword: 'Changed',
      adminPasswordChangedAt: expect.stringMatching(/^20/),
    })

    // A restart of either side changes nothing of it.
    await agent.stop()
    const nobody = await opensag(['agent', 'status', '--data', box])
    expect(nobody).toMatchObject({
      code: 1,
      output: '',
      errors: expect.stringContaining('No agent runs on the folder'),
    })
    const again = startAgent(box)
    await device(serial)
    expect(await isDefault()).toBe(false)

    // What docs/gateway.md calls the reset button of a machine without one.
    await again.stop()
    await rm(join(box, 'admin-hash.json'))
    const reset = startAgent(box)
    await device(serial, ({ online, adminPassword }) => online && adminPassword === 'NotSet')
    expect(await isDefault()).toBe(true)

    await change()
    expect(await isDefault()).toBe(false)
    await reset.stop()
    const { enrolmentKey } = await operator<{ readonly enrolmentKey: string }>('device', 'reenrol', serial)
    await writeFile(keyFile, `${enrolmentKey}\n`, { mode: 0o600 })
    startAgent(join(folder, 'another-box'))
    await device(serial)
    expect(await isDefault()).toBe(true)
    expect(await readFile(join(box, 'password-dates.json'), 'utf8')).not.toContain('argon2')
  },
  limit(600_000),
)
