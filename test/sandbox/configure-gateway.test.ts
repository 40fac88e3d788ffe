import { afterAll, beforeAll, expect, test } from 'vitest'
import { instanceOf, popCore } from '../support/api.ts'
import { setFirstPassword, statusPageOf } from '../support/local-console.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { until } from '../support/time.ts'

const serial = 'sagdemo100wm'
const password = 'First_password1'

let sandbox: Sandbox
let instance: string
let localConsole: string

beforeAll(async () => {
  sandbox = await startSandbox()
  localConsole = (await sandbox.device(serial)).localConsole ?? ''
  instance = await instanceOf(sandbox, serial)
  expect(await setFirstPassword(localConsole, password)).toBe(303)
})

afterAll(() => sandbox.remove())

function call(action: string, params: object): Promise<Readonly<Record<string, unknown>>> {
  return popCore(sandbox).request(action, { RegionId: sandbox.regionId, SmartAGId: instance, ...params })
}

async function synchronised(): Promise<true | undefined> {
  const { SynStatus } = await call('DescribeSAGDeviceInfo', { SmartAGSn: serial })
  return SynStatus === 'Synchronized' ? true : undefined
}

test('what the API says of remote logon reaches the gateway, which shows it at its console', async () => {
  await until('the gateway has its first configuration', synchronised)
  const before = await statusPageOf(localConsole, password)
  expect(before).toContain('10.2.0.0/24')
  const revision = Number(new RegExp(`${instance}, revision (\\d+)`).exec(before)?.[1])

  await call('ModifySagRemoteAccess', { SerialNumber: serial, RemoteAccessIp: '10.2.0.2' })
  await until('the gateway has the address', synchronised)
  const page = await statusPageOf(localConsole, password)
  expect(page).toContain('10.2.0.2')
  expect(page).toContain(`${instance}, revision ${revision + 1}`)
})

test('a gateway without power gets it when it comes back', async () => {
  await sandbox.operator('device', 'power', serial, 'off')
  await sandbox.device(serial, ({ online }) => !online)
  await call('ClearSagRouteableAddress', { SagId: instance })
  expect(await synchronised()).toBeUndefined()
  await sandbox.operator('device', 'power', serial, 'on')
  await until('the gateway knows', synchronised)
  const back = await sandbox.device(serial)
  expect(await statusPageOf(back.localConsole ?? '', password)).not.toContain('10.2.0.2')
})
