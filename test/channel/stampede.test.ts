import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { startSimulatedFleet } from '../../packages/agent/src/simulate.ts'
import { defaultSettings } from '../../packages/server/src/channel/settings.ts'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { createFleet } from '../../packages/server/src/store/fleet/create-fleet.ts'
import { openSqliteStore } from '../../packages/server/src/store/sqlite/open.ts'
import { type Running, runOpensag } from '../support/process.ts'
import type { Credentials } from '../support/sandbox.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'

/** As many real connections as a small machine can make twice in the time a test may take; 10,000 in `virtual`. */
const gateways = 1000
const enrolmentKey = Secret.of('enrolment-key-of-all-these-gateways')

test(
  `${gateways} gateways come back to a killed server at a bounded rate, and calls are answered meanwhile`,
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'opensag-stampede-'))
    let server = await start(data, 0)
    const port = Number(new URL(server.endpoint).port)
    await server.running.stop()
    await addDevices(data)
    server = await start(data, port)
    const online = new Map<string, number>()
    const fleet = await startSimulatedFleet({
      serverUrl: `ws://127.0.0.1:${port}/channel`,
      gateways: Array.from({ length: gateways }, (_, index) => ({
        serial: serialOf(index),
        model: 'sag-1000',
        version: '2.3.1.1',
        enrolmentKey,
      })),
      consoles: false,
      logger: pino({ level: 'silent' }),
      random: randomBytes,
    })
    try {
      await fleet.allOnline()
      await server.running.kill()
      await until('they all noticed', async () => (fleet.list().some(({ online }) => online) ? undefined : true))

      server = await start(data, port)
      const key = { ...(await credentials(data)), endpoint: server.endpoint }
      const answers: number[] = []
      let isOver = false
      const calling = (async () => {
        while (!isOver) {
          const { status } = await send(key.endpoint, signedBody(key, 'DescribeRegions', {}))
          answers.push(status)
          await new Promise((next) => setTimeout(next, 50))
        }
      })()
      await until(
        'they are all back',
        async () => {
          for (const { serial, online: isOnline } of fleet.list()) {
            if (isOnline && !online.has(serial)) online.set(serial, Date.now())
          }
          return online.size === gateways ? true : undefined
        },
        limit(170_000),
      )
      isOver = true
      await calling

      // Seen from outside: what is late is only seen later, never earlier, so the count until then is what is bounded.
      const { handshakesPerSecond, handshakesAtOnce } = defaultSettings
      const [first = 0, ...rest] = [...online.values()].sort((a, b) => a - b)
      const tooEarly = rest.filter((at, index) => {
        const seconds = 1 + (at - first) / 1000
        return index + 2 > handshakesAtOnce + seconds * handshakesPerSecond
      })
      expect(tooEarly).toEqual([])
      expect(new Set(answers)).toEqual(new Set([200]))
      expect(answers.length).toBeGreaterThan(20)
    } finally {
      await fleet.close()
      await server.running.kill()
      await rm(data, { recursive: true, force: true })
    }
  },
  limit(240_000),
)

interface Server {
  readonly running: Running
  readonly endpoint: string
}

async function start(data: string, port: number): Promise<Server> {
  const args = ['--data', data, '--port', String(port), '--write-credentials', join(data, 'credentials.json')]
  const running = runOpensag(['server', ...args])
  const [, endpoint = ''] = await running.printed(/listens on (http:\S+)/)
  return { running, endpoint }
}

async function credentials(data: string): Promise<Credentials> {
  return JSON.parse(await readFile(join(data, 'credentials.json'), 'utf8')) as Credentials
}

/** Into the inventory of a server that does not run: by its commands one by one it would take minutes. */
async function addDevices(data: string): Promise<void> {
  const store = await openSqliteStore({ folder: data })
  const sealer = createSealer(await readFile(join(data, 'master.key')))
  await store.write(async (tx) => {
    const fleet = createFleet(tx, sealer)
    for (let index = 0; index < gateways; index++) {
      await fleet.addDevice({
        serial: serialOf(index),
        model: 'sag-1000',
        version: '2.0.0.0',
        enrolmentKey,
        resettable: true,
        createdAt: 0,
      })
    }
  })
  await store.close()
}

function serialOf(index: number): string {
  return `sag${String(index).padStart(6, '0')}`
}
