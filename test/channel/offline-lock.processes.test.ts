import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { callApi } from '../../packages/cli/src/api-client.ts'
import type { Running } from '../support/process.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { operatorOf, readCredentials } from '../support/sandbox.ts'
import { purchase } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'

// The lock on the box with real programs, a real disk and the clocks of this machine.

const serial = 'saglock00001'
const withinMs = limit(60_000)

const { run, newFolder } = programsOfEachTest()

/** The status of the first page of its local console. */
async function pageOf(agent: Running): Promise<number> {
  const [, url = ''] = await agent.printed(/Local console: (http:\S+)/)
  return (await fetch(url)).status
}

test(
  'a gateway that is cut off locks itself while the server is away, stays locked, and opens when it is unlocked',
  async () => {
    const folder = await newFolder('lock')
    const data = join(folder, 'server')
    const credentials = join(data, 'credentials.json')
    const first = run(['server', '--data', data, '--port', '0', '--write-credentials', credentials])
    const [, url = ''] = await first.printed(/listens on (http:\S+)/)
    const found = await readCredentials(data)
    const key = { ...found, endpoint: url, accessKeySecret: Secret.of(found.accessKeySecret) }
    const { operator, device } = operatorOf(data)

    async function call(action: string, params: object): Promise<Readonly<Record<string, unknown>>> {
      const { status, body } = await callApi(key, action, { RegionId: key.regionId, ...params })
      expect({ status, body }).toMatchObject({ status: 200 })
      return body
    }

    const { enrolmentKey } = await operator<{ enrolmentKey: string }>(
      ...['device', 'add', '--serial', serial, '--model', 'sag-1000'],
    )
    const keyFile = join(folder, 'enrolment-key')
    await writeFile(keyFile, `${enrolmentKey}\n`, { mode: 0o600 })
    const SmartAGId = String((await call('CreateSmartAccessGateway', purchase))['SmartAGId'])
    await call('BindSerialNumber', { SmartAGId, SerialNumber: serial })
    await call('ActivateSmartAccessGateway', { SmartAGId })

    const agentData = join(folder, 'agent')
    const startAgent = (): Running =>
      run([
        ...['agent', '--server', `${url.replace('http', 'ws')}/channel`, '--serial', serial, '--data', agentData],
        ...['--console', '127.0.0.1:0', '--enrolment-key-file', keyFile, '--log-level', 'error'],
      ])
    const agent = startAgent()
    await device(serial)
    expect(await pageOf(agent)).toBe(200)
    await call('ModifySmartAccessGateway', { SmartAGId, SecurityLockThreshold: '3' })
    await until('it holds the threshold', async () => {
      const record = await readFile(join(agentData, 'offline-lock.json'), 'utf8').catch(() => '')
      return record.includes('"threshold":3') || undefined
    })

    // Nobody says anything to it any more.
    await first.kill()
    await until('it has locked itself', async () => ((await pageOf(agent)) === 423 ? true : undefined), withinMs)
    await agent.kill()
    const again = startAgent()
    expect(await pageOf(again)).toBe(423)

    const second = run(['server', '--data', data, '--port', new URL(url).port])
    await second.printed(/listens on (http:\S+)/)
    const events = (): Promise<readonly { kind: string; detail: string }[]> => operator('device', 'events', serial)
    await until(
      'the server has heard that it is locked',
      async () =>
        (await events()).some(({ kind, detail }) => kind === 'DeviceOnline' && detail === 'locked') ? true : undefined,
      withinMs,
    )
    expect(await device(serial, () => true)).toMatchObject({ online: false })
    expect(await pageOf(again)).toBe(423)

    await call('UnlockSmartAccessGateway', { SmartAGId })
    await until('it is open', async () => ((await pageOf(again)) === 200 ? true : undefined), withinMs)
    await device(serial)
  },
  limit(600_000),
)
