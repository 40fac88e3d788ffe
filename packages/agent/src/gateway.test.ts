import { createManualTime, Secret } from '@opensag/protocol'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { createMemoryDisk, type Disk } from './disk.ts'
import { type Gateway, type GatewayOptions, startGateway } from './gateway.ts'
import { createFileVault } from './vault-file.ts'

const password = Secret.of('First_pass1')
const logger = pino({ enabled: false })
const time = createManualTime()
let gateway: Gateway | undefined

afterEach(async () => {
  await gateway?.stop()
  gateway = undefined
})

/** Nobody listens where it looks for its server. */
async function start(disk: Disk = createMemoryDisk(), options: Partial<GatewayOptions> = {}): Promise<Gateway> {
  const { wallClock, timers } = time
  const vault = createFileVault({ disk })
  const fixed = { serial: 'sag32a30000', model: 'SAG-1000', version: '2.3.1.1', disk, vault, logger, wallClock, timers }
  gateway = await startGateway({ ...fixed, serverUrl: 'ws://127.0.0.1:1/channel', ...options })
  return gateway
}

async function pageOf({ consoleUrl }: Gateway, secret: string): Promise<string> {
  const body = new URLSearchParams({ username: 'admin', password: secret })
  const entered = await fetch(`${consoleUrl}/login`, { method: 'POST', body, redirect: 'manual' })
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return (await fetch(`${consoleUrl}/`, { headers: { cookie } })).text()
}

const console = { host: '127.0.0.1', port: 0 }

test('without its server it still serves its console, and shows when the password was changed, also after a restart', async () => {
  const disk = createMemoryDisk()
  const first = await start(disk, { console })
  expect(first.connected()).toBe(false)
  await first.adminPassword.setFirst(password)
  const at = new Date(time.wallClock()).toISOString()
  expect(await pageOf(first, 'First_pass1')).toContain(`datetime="${at}"`)
  await first.stop()

  time.advance(3_600_000)
  const second = await start(disk, { console })
  const page = await pageOf(second, 'First_pass1')
  expect(page).toContain(`datetime="${at}"`)
  expect(page).toMatch(/Not connected|Connecting/)
})

test('a console that listens everywhere is told by the address of the gateway', async () => {
  const { consoleUrl, consolePort } = await start(createMemoryDisk(), {
    console: { host: '0.0.0.0', port: 0 },
    serviceIp: '192.0.2.7',
  })
  expect(consoleUrl).toBe(`http://192.0.2.7:${consolePort}`)
})

test('the reset button clears the password only, or everything, or nothing where it is disabled', async () => {
  const one = await start()
  await one.adminPassword.setFirst(password)
  await one.settings.edit({ wanMode: 'static' })
  expect(await one.pressReset('password')).toBe(true)
  expect([one.adminPassword.isSet(), one.settings.current().wanMode]).toEqual([false, 'static'])
  await one.adminPassword.setFirst(password)
  expect(await one.pressReset('everything')).toBe(true)
  expect([one.adminPassword.isSet(), one.settings.current().wanMode]).toEqual([false, 'dhcp'])
  await one.stop()

  const other = await start(createMemoryDisk(), { resettable: false })
  await other.adminPassword.setFirst(password)
  expect(await other.pressReset('everything')).toBe(false)
  expect(other.adminPassword.isSet()).toBe(true)
})

test('the console shows the configuration in force, without its server too; clearing everything takes it away', async () => {
  const disk = createMemoryDisk()
  const config = {
    cidrs: ['10.0.0.0/24', '10.0.1.0/24'],
    routingStrategy: 'dynamic',
    securityLockThreshold: 3600,
    snat: [{ cidr: '10.0.1.0/24', ip: '192.168.0.1' }],
    remoteAccessIp: '10.10.10.2',
    probeAddresses: [],
  }
  await disk.write('desired-config.json', JSON.stringify({ instanceId: 'sag-one', revision: 7, config }))
  const one = await start(disk, { console })
  await one.adminPassword.setFirst(password)
  const page = await pageOf(one, 'First_pass1')
  for (const shown of [
    'sag-one, revision 7',
    '10.0.0.0/24, 10.0.1.0/24',
    'Dynamic',
    'After 60 minutes',
    '10.0.1.0/24 → 192.168.0.1',
    '10.10.10.2',
  ]) {
    expect(page).toContain(shown)
  }
  await one.pressReset('everything')
  expect(one.desiredConfig.inForce()).toBeUndefined()
  await one.adminPassword.setFirst(password)
  expect(await pageOf(one, 'First_pass1')).toContain('has not been given one')
})

test('an address of a server that is no secure one is refused before anything is started', async () => {
  await expect(start(createMemoryDisk(), { serverUrl: 'ws://gateways.example/channel' })).rejects.toThrow('wss://')
})

test('stopping closes the console', async () => {
  const { consoleUrl, stop } = await start(createMemoryDisk(), { console })
  await stop()
  await expect(fetch(`${consoleUrl}/`)).rejects.toThrow()
})
