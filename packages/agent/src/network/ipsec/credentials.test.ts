import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createManualTime } from '@opensag/protocol'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestAuthority, type TestAuthority } from '../../../../../test/network/authority.ts'
import { until } from '../../../../../test/support/time.ts'
import type { Certified } from '../../connection-certification.ts'
import { createMemoryDisk, type Disk } from '../../disk.ts'
import { type Credentials, keepCredentials } from './credentials.ts'

const lack = spawnSync('openssl', ['version']).status === 0 ? undefined : 'to enable: apt-get install -y openssl'
const halfADay = 12 * 3_600_000
/** The clock of the machine: certificates begin at a full second of this one's. */
const ahead = halfADay / 100

describe.skipIf(lack !== undefined)(`credentials${lack ? ` (${lack})` : ''}`, () => {
  let authority: TestAuthority

  beforeAll(() => {
    authority = openTestAuthority()
  })
  afterAll(() => authority?.close())

  const rightly = (spki: Buffer): Certified => authority.certify('gw1.sag', spki)

  async function open({
    answer = rightly,
    disk = createMemoryDisk(),
  }: {
    answer?: typeof rightly | 'never'
    disk?: Disk
  } = {}) {
    const world = {
      time: createManualTime(Date.now() + ahead),
      keys: [] as string[],
      numbers: [] as number[],
      answer,
      credentials: undefined as unknown as Credentials,
      disk,
    }
    world.credentials = await keepCredentials({
      identity: 'gw1.sag',
      certify(spki) {
        world.keys.push(spki.toString('hex'))
        const { answer } = world
        return answer === 'never' ? new Promise(() => undefined) : Promise.resolve().then(() => answer(spki))
      },
      disk,
      timers: world.time.timers,
      wallClock: world.time.wallClock,
      random: randomBytes,
      logger: pino({ level: 'silent' }),
    })
    world.credentials.onChange(({ number }) => world.numbers.push(number))
    return world
  }

  test('half-way through its life there is another one, with another key, and so on', async () => {
    const world = await open()
    await until('the first', () => world.numbers.length === 1)
    world.time.advance(halfADay - 1)
    expect(world.keys).toHaveLength(1)
    world.time.advance(1)
    await until('the second', () => world.numbers.length === 2)
    expect(world.numbers).toEqual([1, 2])
    expect(new Set(world.keys).size).toBe(2)
  })

  test('a server that does not answer is asked again for another key, and the old one serves meanwhile', async () => {
    const world = await open()
    await until('the first', () => world.numbers.length === 1)
    world.answer = 'never'
    world.time.advance(halfADay)
    expect(world.keys).toHaveLength(2)
    world.time.advance(60_000)
    await until('asked again', async () => {
      world.time.advance(0)
      return world.keys.length === 3
    })
    expect(world.credentials.current()?.number).toBe(1)
    expect(new Set(world.keys).size).toBe(3)
  })

  test.each<[string, (spki: Buffer) => Certified]>([
    ['is for another key', (spki) => authority.certify('gw1.sag', Buffer.concat([spki.subarray(0, -1), Buffer.of(0)]))],
    ['bears another name', (spki) => authority.certify('gw2.sag', spki)],
    ['bears a name above its own', (spki) => authority.certify('sag', spki)],
    ['is its own authority', (spki) => ({ ...rightly(spki), authority: rightly(spki).certificate })],
    ['is the authority', (spki) => ({ ...rightly(spki), certificate: rightly(spki).authority })],
    ['is none', (spki) => ({ ...rightly(spki), certificate: Buffer.from('none') })],
  ])('a certificate that %s is not taken, and another one is asked for', async (_, answer) => {
    const world = await open({ answer })
    await until('it has been refused', () => world.time.pending() === 1)
    expect(world.credentials.current()).toBeUndefined()
    world.answer = rightly
    world.time.advance(1_000)
    await until('the right one', () => world.numbers.length === 1)
    expect(world.keys).toHaveLength(2)
  })

  test('one that has ended by the clock of this machine is not taken', async () => {
    const world = await open({ answer: 'never' })
    world.time.advance(3 * halfADay)
    world.answer = rightly
    await until('it was refused', () => {
      world.time.advance(60_000)
      return world.keys.length > 3
    })
    expect(world.credentials.current()).toBeUndefined()
  })

  test('after a restart the one that was kept serves, until half-way through its life', async () => {
    const disk = createMemoryDisk()
    const before = await open({ disk })
    await until('it is kept', async () => (await disk.read('tunnel-certificate.json')) !== undefined)
    const after = await open({ disk })
    expect(after.keys).toEqual([])
    expect(after.credentials.current()).toEqual(before.credentials.current())
    after.time.advance(halfADay)
    await until('another one', () => {
      // The time that has passed may have been more than an answer has.
      after.time.advance(1)
      return after.numbers.length === 2
    })
  })

  test.each(['{}', 'no JSON', '{"certificate":"","authority":"","key":""}'])(
    'where %s was kept another one is asked for',
    async (content) => {
      const disk = createMemoryDisk()
      await disk.write('tunnel-certificate.json', content)
      const world = await open({ disk })
      await until('another one', () => world.numbers.length === 1)
    },
  )

  test('after it is closed nothing is asked and nothing taken', async () => {
    const world = await open()
    await until('the first', () => world.numbers.length === 1)
    world.credentials.close()
    expect(world.time.pending()).toBe(0)
  })
})
