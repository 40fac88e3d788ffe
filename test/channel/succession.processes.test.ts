import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { opensag, type Running } from '../support/process.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { operatorOf } from '../support/sandbox.ts'
import { limit, until } from '../support/time.ts'

// The succession of the server's key with real programs and real disks, each of which is killed between two steps.

const withinMs = limit(60_000)
const serials = ['sagnext00001', 'sagnext00002', 'sagnext00003'] as const
type Serial = (typeof serials)[number]

const { run, newFolder } = programsOfEachTest()

interface Shown {
  readonly key: string
  readonly nextKey: string | null
  readonly ready: number
  readonly waiting: number
}

test(
  'gateways follow the key of their server through kills, an absence and a restored backup',
  async () => {
    const site = await newFolder('succession')
    const data = join(site, 'server')
    let port = '0'
    async function startServer(): Promise<Running> {
      const server = run(['server', '--data', data, '--port', port])
      const [, url = ''] = await server.printed(/listens on (http:\S+)/)
      port = new URL(url).port
      return server
    }
    let server = await startServer()
    const { operator, device } = operatorOf(data)
    for (const serial of serials) {
      const { enrolmentKey } = await operator<{ enrolmentKey: string }>(
        ...['device', 'add', '--serial', serial, '--model', 'sag-1000'],
      )
      await writeFile(join(site, `${serial}.key`), `${enrolmentKey}\n`, { mode: 0o600 })
    }
    const startAgent = (serial: Serial): Running =>
      run([
        ...['agent', '--server', `ws://127.0.0.1:${port}`, '--serial', serial, '--data', join(site, serial)],
        ...['--enrolment-key-file', join(site, `${serial}.key`), '--log-level', 'error'],
      ])
    const pinned = async (serial: Serial): Promise<string> =>
      JSON.parse(await readFile(join(site, serial, 'server.json'), 'utf8')).serverKey
    const show = (): Promise<Shown> => operator<Shown>('channel-identity', 'show')
    const shows = (counted: Partial<Shown>): Promise<unknown> =>
      until(
        `the operator sees ${JSON.stringify(counted)}`,
        async () => {
          const now = await show()
          const isSo = Object.entries(counted).every(([name, value]) => now[name as keyof Shown] === value)
          return isSo || undefined
        },
        withinMs,
      )

    const agents = serials.map(startAgent)
    for (const serial of serials) await device(serial)
    const { key: old } = await show()
    await agents[2]?.kill()

    // The server is killed once the key is prepared, a gateway once it holds it.
    await operator('channel-identity', 'prepare')
    await server.kill()
    server = await startServer()
    await shows({ key: old, ready: 2, waiting: 1 })
    await agents[0]?.kill()
    const refused = await opensag(['operator', 'channel-identity', 'switch', '--data', data])
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.errors).toContain('1 of 3 gateways do not hold the next key: sagnext00003 (waiting).')
    const backup = join(site, 'backup')
    expect(await opensag(['backup', '--data', data, '--to', backup])).toMatchObject({ code: 0 })

    // Killed once it has switched: one gateway is connected, one was killed, one was away all the time.
    const { key } = await operator<Shown>('channel-identity', 'switch', '--force')
    expect(key).not.toBe(old)
    await server.kill()
    server = await startServer()
    agents[0] = startAgent(serials[0])
    agents[2] = startAgent(serials[2])
    await shows({ key, nextKey: null, ready: 3, waiting: 0 })
    for (const serial of serials) expect(await pinned(serial)).toBe(key)

    // Restored from before the switch: it shows the old key, which nobody believes any more, until it switches again.
    await server.stop()
    const restored = await opensag(['restore', '--from', backup, '--data', data, '--replace'])
    expect(restored).toMatchObject({ code: 0 })
    for (const agent of agents) await agent.kill()
    server = await startServer()
    expect(await show()).toMatchObject({ key: old, nextKey: key })
    agents[0] = startAgent(serials[0])
    await until('it is refused', async () => agents[0]?.output().includes('WrongServer') || undefined, withinMs)
    expect(await operator<Shown>('channel-identity', 'switch', '--force')).toMatchObject({ key })
    await agents[0]?.kill()
    for (const serial of serials) startAgent(serial)
    for (const serial of serials) await device(serial)
    await shows({ key, ready: 3 })
  },
  limit(600_000),
)
