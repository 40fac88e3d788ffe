import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createKeyPair,
  createLink,
  type FromGateway,
  type FromServer,
  fromGatewaySchema,
  type Link,
  LinkEnded,
  Secret,
  sealPassword,
  startServerHandshake,
  type WireReport,
} from '@opensag/protocol'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { until } from '../../../test/support/time.ts'
import { UnusableSettings } from './local-configuration.ts'
import { type SimulatedFleet, startSimulatedFleet } from './simulate.ts'

type ServerLink = Link<FromGateway, FromServer>

/** As much of a server as gateways need to come online; it believes whoever knows the enrolment key. */
async function startFakeServer(enrolmentKey: Secret) {
  const identity = createKeyPair('Ed25519', randomBytes)
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(sockets, 'listening')
  const online = new Map<string, ServerLink>()
  const sealKeys = new Map<string, string>()
  const reports = new Map<string, WireReport>()
  const answers: FromGateway[] = []
  const enrolments: string[] = []

  sockets.on('connection', (socket) => {
    const link = createLink<FromGateway, FromServer>({
      socket,
      incoming: fromGatewaySchema,
      onBeat: () => link.send({ kind: 'beat' }),
    })
    socket.on('message', (data: Buffer, isBinary: boolean) => link.received(data, isBinary))
    socket.on('close', () => link.closed('closed'))
    serve(link).catch((error: unknown) => {
      link.end('failed')
      if (!(error instanceof LinkEnded)) throw error
    })
  })

  async function serve(link: ServerLink): Promise<void> {
    const handshake = startServerHandshake(identity, randomBytes)
    link.sendText(handshake.hello)
    const proof = handshake.receive(await link.nextText())
    const { serial, mode, sealKey } = proof.body
    if (mode === 'enrol') {
      if (!proof.knows(enrolmentKey)) return link.end('unknown')
      enrolments.push(serial)
    }
    const { text, frames } = proof.welcome(mode === 'enrol' ? enrolmentKey : undefined)
    link.sendText(text)
    link.seal(frames)
    await take(link, serial)
    link.send({ kind: 'ticket', ticket: randomBytes(32).toString('base64url') })
    await take(link, serial)
    sealKeys.set(serial, sealKey)
    online.set(serial, link)
    link.onEnd(() => online.delete(serial))
    link.send({ kind: 'ready', heartbeatMs: 10_000 })
    for (;;) answers.push(await take(link, serial))
  }

  async function take(link: ServerLink, serial: string): Promise<FromGateway> {
    const message = await link.next()
    if (message.kind === 'report') reports.set(serial, message.report)
    return message
  }

  return {
    url: `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}/channel`,
    online,
    reports,
    enrolments,
    synced(serial: string, revision: number): void {
      online.get(serial)?.send({ kind: 'synced', revision })
    },
    /** Sets the password as the server does, and confirms it. */
    async setPassword(serial: string, password: string, generation: number): Promise<void> {
      const changeId = `change-${generation}`
      const purpose = { serial, changeId, generation }
      const sealed = sealPassword(sealKeys.get(serial) ?? '', Secret.of(password), purpose, randomBytes)
      online.get(serial)?.send({ kind: 'set', changeId, generation, sealed })
      await until(`${changeId} is acknowledged`, () =>
        answers.some((answer) => answer.kind === 'ack' && answer.changeId === changeId),
      )
      online.get(serial)?.send({ kind: 'settle', changeId, verdict: 'confirm' })
    },
    async stop(): Promise<void> {
      for (const client of sockets.clients) client.terminate()
      await new Promise((resolve) => sockets.close(resolve))
    },
  }
}

const enrolmentKey = Secret.of('enrolment-key-of-the-fleet')
const one = { serial: 'sag0001', model: 'sag-1000', version: '2.3.1.1', enrolmentKey }
const other = { serial: 'sag0002', model: 'SCG5000', version: '3.4.2.0', enrolmentKey, resettable: false }

let server: Awaited<ReturnType<typeof startFakeServer>>
let fleet: SimulatedFleet | undefined
let folder: string
let lines: string

beforeEach(async () => {
  server = await startFakeServer(enrolmentKey)
  folder = mkdtempSync(join(tmpdir(), 'opensag-fleet-'))
  lines = ''
})

afterEach(async () => {
  await fleet?.close()
  fleet = undefined
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

function start(options: Partial<Parameters<typeof startSimulatedFleet>[0]> = {}): Promise<SimulatedFleet> {
  const destination = {
    write(line: string) {
      lines += line
    },
  }
  const logger = pino({ level: 'trace' }, destination)
  return startSimulatedFleet({ serverUrl: server.url, consoles: true, gateways: [one, other], logger, ...options })
}

function shown(serial: string) {
  const found = fleet?.list().find((gateway) => gateway.serial === serial)
  if (found === undefined) throw new Error(`${serial} is not in the list.`)
  return found
}

async function post(serial: string, path: '/login' | '/setup', password: string): Promise<number> {
  const body = new URLSearchParams({ username: 'admin', password })
  return (await fetch(`${shown(serial).localConsole}${path}`, { method: 'POST', body, redirect: 'manual' })).status
}

describe('a fleet', () => {
  test('enrols, comes online and is listed with its consoles', async () => {
    fleet = await start()
    await fleet.allOnline()
    expect(fleet.list()).toEqual([
      {
        serial: 'sag0001',
        model: 'sag-1000',
        version: '2.3.1.1',
        power: 'on',
        online: true,
        localConsole: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      },
      {
        serial: 'sag0002',
        model: 'SCG5000',
        version: '3.4.2.0',
        power: 'on',
        online: true,
        localConsole: expect.any(String),
      },
    ])
    expect(server.reports.get('sag0002')).toMatchObject({
      version: '3.4.2.0',
      serviceIp: '127.0.0.1',
      consoleUrl: shown('sag0002').localConsole,
      resettable: false,
    })
  })

  test('a password set by the server opens the console, and only it', async () => {
    fleet = await start()
    await fleet.allOnline()
    expect(await post('sag0001', '/setup', 'First_pass1')).toBe(303)
    await server.setPassword('sag0001', 'Second_pass2', 1)
    expect(await post('sag0001', '/login', 'First_pass1')).toBe(401)
    expect(await post('sag0001', '/login', 'Second_pass2')).toBe(303)
    expect(await post('sag0002', '/setup', 'Other_pass3')).toBe(303)
    expect(lines).not.toMatch(/First_pass1|Second_pass2|Other_pass3|enrolment-key-of/)
  })

  test('without power a gateway is offline, has no console, and finds everything as it was', async () => {
    fleet = await start()
    await fleet.allOnline()
    await post('sag0001', '/setup', 'First_pass1')
    const { localConsole } = shown('sag0001')

    await fleet.power('sag0001', false)
    await until('the server lost it', () => !server.online.has('sag0001'))
    expect(shown('sag0001')).toMatchObject({ power: 'off', online: false, localConsole: undefined })
    await expect(fetch(`${localConsole}/`)).rejects.toThrow()
    await expect(fleet.edit('sag0001', { hostname: 'branch' })).rejects.toThrow('no power')
    expect(shown('sag0002').online).toBe(true)

    await fleet.power('sag0001', true)
    await fleet.allOnline()
    expect(shown('sag0001').localConsole).toBe(localConsole)
    expect(await post('sag0001', '/login', 'First_pass1')).toBe(303)
    expect(server.enrolments).toEqual(expect.arrayContaining(['sag0001', 'sag0002']))
    expect(server.enrolments).toHaveLength(2)
  })

  test('an edit is reported at once and makes it unsynchronized until the server has it', async () => {
    fleet = await start()
    await fleet.allOnline()
    await fleet.edit('sag0001', { hostname: 'branch-7', dnsServers: '192.0.2.53' })
    await until('the report has come', () => server.reports.get('sag0001')?.localRevision === 1)
    expect(server.reports.get('sag0001')?.syncedRevision).toBe(0)
    server.synced('sag0001', 1)
    await until('the report has come', () => server.reports.get('sag0001')?.syncedRevision === 1)
    await expect(fleet.edit('sag0001', { hostname: 'not a name' })).rejects.toThrow(UnusableSettings)
  })

  test('the reset button clears the password, unless it is disabled', async () => {
    fleet = await start()
    await fleet.allOnline()
    await post('sag0001', '/setup', 'First_pass1')
    await post('sag0002', '/setup', 'First_pass1')
    expect(await fleet.pressReset('sag0001', 'password')).toBe(true)
    expect(await fleet.pressReset('sag0002', 'password')).toBe(false)
    expect(await post('sag0001', '/setup', 'Second_pass2')).toBe(303)
    expect(await post('sag0002', '/setup', 'Second_pass2')).toBe(409)
  })

  test('a gateway with other firmware reports it', async () => {
    fleet = await start()
    await fleet.allOnline()
    await fleet.setVersion('sag0001', '2.4.0.0')
    await until('the report has come', () => server.reports.get('sag0001')?.version === '2.4.0.0')
    expect(shown('sag0001').version).toBe('2.4.0.0')
  })

  test('one that is added later comes online too; added again it gets the new key', async () => {
    fleet = await start({ gateways: [], consoles: false })
    await fleet.add({ ...one, enrolmentKey: Secret.of('a wrong key') })
    expect(fleet.has('sag0001')).toBe(true)
    await fleet.add(one)
    await fleet.allOnline()
    expect(fleet.list()).toMatchObject([{ serial: 'sag0001', online: true, localConsole: undefined }])
  })

  test.each(['../etc', 'a/b', 'sag', ''])('a serial like %j is refused', async (serial) => {
    fleet = await start({ gateways: [], folder })
    await expect(fleet.add({ ...one, serial })).rejects.toThrow(TypeError)
  })

  test('what is asked of a gateway that is not there is refused', async () => {
    fleet = await start({ gateways: [] })
    await expect(fleet.power('sag9999', true)).rejects.toThrow('no simulated gateway')
    await expect(fleet.edit('sag9999', {})).rejects.toThrow('no simulated gateway')
  })

  test('two hundred gateways without consoles are online together', async () => {
    const gateways = Array.from({ length: 200 }, (_, i) => ({ ...one, serial: `sag${1000 + i}` }))
    fleet = await start({ gateways, consoles: false })
    await fleet.allOnline()
    expect(server.online.size).toBe(200)
  })
})

describe('on disk', () => {
  test('a fleet is there again after a restart, without its keys: identities, passwords, settings, power', async () => {
    fleet = await start({ folder })
    await fleet.allOnline()
    await post('sag0001', '/setup', 'First_pass1')
    await fleet.edit('sag0001', { wanMode: 'static' })
    await fleet.power('sag0002', false)
    await fleet.close()
    expect(readdirSync(folder).sort()).toEqual(['sag0001', 'sag0002'])

    fleet = await start({ folder, gateways: [] })
    await fleet.allOnline()
    expect(fleet.list()).toMatchObject([
      { serial: 'sag0001', power: 'on', online: true },
      { serial: 'sag0002', power: 'off', online: false },
    ])
    expect(await post('sag0001', '/login', 'First_pass1')).toBe(303)
    await until('the report has come', () => server.reports.get('sag0001')?.localRevision === 1)
    expect(server.enrolments).toHaveLength(2)
  })

  test('two simulations never share a folder', async () => {
    fleet = await start({ folder })
    await expect(start({ folder })).rejects.toThrow('in use by another running process')
  })
})
