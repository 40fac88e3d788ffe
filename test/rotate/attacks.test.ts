import { chmod, copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lockFolder } from '@opensag/agent'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyEvidence } from '../../packages/cli/src/rotate/evidence.ts'
import { storeSettings } from '../../packages/server/src/store/testing/database.suite.ts'
import { until } from '../support/time.ts'
import { type FleetContext, type FleetGateway, startFleet } from './fleet.ts'
import { openedPasswords, publicKeyOf, rotate, startRotate } from './program.ts'

let world: FleetContext
let recipient: string
let identity: string
const current = new Map<string, string>()
const file = (name: string): string => join(world.folder, name)

beforeAll(async () => {
  world = await startFleet({ gateways: 12, broken: 0, environmentOf: storeSettings })
  identity = await newIdentity('identity.txt')
  recipient = await identityToRecipient((await readFile(identity, 'utf8')).trim())
  for (const { serial, oldPassword } of world.gateways) current.set(serial, oldPassword)
})

afterAll(() => world.close())

async function newIdentity(name: string): Promise<string> {
  await writeFile(file(name), `# made by a test\n${await generateX25519Identity()}\n`)
  await writeFile(file(name), `${await generateX25519Identity()}\n`)
  return file(name)
}

/** Each gateway accepts the password it is taken to have. */
async function expectCurrent(): Promise<void> {
  const wrong: string[] = []
  for (const gateway of world.gateways) {
    if (!(await world.opens(gateway, current.get(gateway.serial) ?? ''))) wrong.push(gateway.serial)
  }
  expect(wrong).toEqual([])
}

/** From now on the gateways are taken to have what the recipient is told. */
async function takeOver(place: string): Promise<void> {
  for (const { serial, state, password } of await openedPasswords(world, join(place, 'passwords.age'), identity)) {
    if (state === 'changed' && password !== undefined) current.set(serial, password)
  }
}

const toRecipient = (): readonly string[] => ['--recipient', recipient]

/** A rotation that was interrupted after a few gateways. */
async function interrupted(name: string): Promise<string> {
  const place = file(name)
  const running = startRotate(world, [
    '--all',
    ...toRecipient(),
    '--folder',
    place,
    '--canary',
    '1',
    '--growth',
    '1',
    '--json',
  ])
  await until('two are decided', async () =>
    running.events.filter(({ event }) => event === 'gateway').length > 1 ? true : undefined,
  )
  running.child.kill('SIGINT')
  expect(await running.code).toBe(1)
  await takeOver(place)
  await expectCurrent()
  return place
}

describe('a journal', () => {
  let place: string
  beforeAll(async () => {
    place = await interrupted('journal')
  })

  async function resumed(
    change: (text: string) => string,
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    const copy = file(`journal-${Math.random()}`)
    await mkdir(copy, { mode: 0o700 })
    await writeFile(join(copy, 'journal.jsonl'), change(await readFile(join(place, 'journal.jsonl'), 'utf8')))
    return rotate(world, ['--resume', copy])
  }

  test.each<[string, (text: string) => string]>([
    ['in which a success was made a refusal', (text) => text.replace('"meaning":"changed"', '"meaning":"refused"')],
    ['in which another gateway is named', (text) => text.replace('"serial":"sagrot000001"', '"serial":"sagrot000009"')],
    ['from which a line was taken', (text) => text.split('\n').toSpliced(4, 1).join('\n')],
    ['whose recipient was exchanged', (text) => text.replace(/age1[0-9a-z]+/, `age1${'q'.repeat(58)}`)],
    ['with a line of garbage', (text) => text.replace('\n', '\ngarbage\n')],
    ['with nothing in it', () => ''],
  ])('%s is not gone on with, and nothing is changed', async (_title, change) => {
    const { code, output } = await resumed(change)
    expect(output).toContain('cannot be resumed')
    expect(code).toBe(1)
    await expectCurrent()
  })

  test('of another person is not gone on with', async () => {
    const { code, output } = await rotate(world, ['--resume', place, '--evidence-key', file('other-key.pem')])
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('not signed with this key') })
    await expectCurrent()
  })

  test('of another endpoint is not gone on with', async () => {
    const other = world.key.endpoint.replace('127.0.0.1', 'localhost')
    const { code, output } = await rotate(world, ['--resume', place, '--endpoint', other])
    expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining('This rotation belongs to') })
  })

  test('is not gone on with for other gateways or other recipients', async () => {
    const selected = await rotate(world, ['--resume', place, '--region', 'cn-shanghai'])
    expect(selected).toMatchObject({ code: 2, output: expect.stringContaining('keeps its selection') })
    const other = await identityToRecipient((await readFile(await newIdentity('other.txt'), 'utf8')).trim())
    const addressed = await rotate(world, ['--resume', place, '--recipient', other])
    expect(addressed).toMatchObject({ code: 2, output: expect.stringContaining('other recipients') })
    await expectCurrent()
  })

  test('is not written by two at once', async () => {
    const lock = await lockFolder(place)
    try {
      const { code, output } = await rotate(world, ['--resume', place])
      expect({ code, output }).toMatchObject({
        code: 1,
        output: expect.stringContaining('in use by another running process'),
      })
    } finally {
      await lock.release()
    }
  })

  test('is not begun anew in the same folder', async () => {
    const { code, output } = await rotate(world, ['--all', ...toRecipient(), '--folder', place])
    expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining('--resume') })
  })

  test('whose last write was torn and cut short is gone on with, and ends with every gateway changed', async () => {
    const path = join(place, 'journal.jsonl')
    await writeFile(path, `${await readFile(path, 'utf8')}{"line":98,\0\0\0\0}\n{"line":99,"previous":"x`)
    const { code, output } = await rotate(world, ['--resume', place])
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('12 changed') })
    await takeOver(place)
    await expectCurrent()
    for (const gateway of world.gateways) expect(await world.opens(gateway, gateway.oldPassword)).toBe(false)
  })

  test('holds no password, and neither do evidence, output or the log of the server', async () => {
    const { output } = await rotate(world, ['--resume', place])
    const files = await Promise.all(
      ['journal.jsonl', 'evidence.jsonl', 'passwords.age'].map((name) => readFile(join(place, name), 'utf8')),
    )
    const everything = [...files, output, world.server.output()].join('\n')
    for (const password of current.values()) expect(everything).not.toContain(password)
    for (const name of await readdir(place)) {
      if (name.endsWith('.jsonl') || name.endsWith('.age')) expect((await stat(join(place, name))).mode & 0o077).toBe(0)
    }
  })

  describe('evidence', () => {
    const verify = (path: string, key: string) => rotate(world, ['verify', path, '--key', key])

    test('is valid with the public key of who made it, and tells who and what', async () => {
      const { code, output } = await verify(join(place, 'evidence.jsonl'), publicKeyOf(world))
      expect(code).toBe(0)
      expect(output).toMatch(/Valid\. 12 changed\./)
      expect(output).toContain(world.key.accessKeyId)
    })

    test.each<[string, (lines: readonly string[]) => readonly string[]]>([
      ['a result was changed', (lines) => lines.map((line) => line.replace('"result":"changed"', '"result":"kept"'))],
      ['a gateway was left out', (lines) => lines.toSpliced(5, 1)],
      ['its end is missing', (lines) => lines.slice(0, -1)],
      ['its beginning is missing', (lines) => lines.slice(1)],
      ['a run was left out', (lines) => lines.toSpliced(1, 1)],
      ['it is empty', () => []],
    ])('is not valid when %s', async (_title, change) => {
      const lines = (await readFile(join(place, 'evidence.jsonl'), 'utf8')).trimEnd().split('\n')
      const forged = file('forged.jsonl')
      await writeFile(
        forged,
        change(lines)
          .map((line) => `${line}\n`)
          .join(''),
      )
      await expect(verifyEvidence(forged, publicKeyOf(world))).rejects.toThrow('not valid evidence')
    })

    test('is not valid with another key', async () => {
      const { code } = await verify(join(place, 'evidence.jsonl'), file('other-key.pem.pub'))
      expect(code).toBe(1)
    })

    test('is not signed with a key that others may use', async () => {
      const key = file('open-key.pem')
      await copyFile(file('other-key.pem'), key)
      await chmod(key, 0o644)
      const { code, output } = await rotate(world, ['--all', ...toRecipient(), '--evidence-key', key])
      expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('chmod 600') })
    })
  })

  test('the passwords open for their recipient alone', async () => {
    const { code, output } = await rotate(world, [
      'open',
      join(place, 'passwords.age'),
      '--identity',
      file('other.txt'),
    ])
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('cannot be decrypted') })
  })
})

describe('a selection', () => {
  const [one, two] = [
    (): FleetGateway => world.gateways[0] as FleetGateway,
    (): FleetGateway => world.gateways[1] as FleetGateway,
  ]

  test('with what is not there changes nothing, and leaves nothing behind', async () => {
    await writeFile(file('list.txt'), `${one().instanceId}\nsag-doesnotexist\n${two().instanceId} ${one().serial}\n`)
    const { code, output } = await rotate(world, [
      '--from',
      file('list.txt'),
      ...toRecipient(),
      '--folder',
      file('never'),
    ])
    expect(code).toBe(2)
    expect(output).toContain('line 2: sag-doesnotexist')
    expect(output).toContain(`line 3: ${two().instanceId} ${one().serial}`)
    await expect(stat(file('never'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('with what is named twice changes it once, and can go on without what is not there', async () => {
    await writeFile(file('list.txt'), `${one().instanceId}\n${one().instanceId}\nsag-doesnotexist\n`)
    const args = ['--from', file('list.txt'), '--skip-unknown', ...toRecipient(), '--folder', file('twice')]
    const { code, output } = await rotate(world, args)
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('1 changed') })
    expect(output).toContain('line 2 repeats')
    await takeOver(file('twice'))
  })

  test.each([
    ['nothing', [], /No gateways selected/],
    ['an empty file', ['--from', '/dev/null'], /lists no gateway/],
    ['nobody to have the passwords', ['--all'], /need a destination/],
    ['an identity instead of a recipient', ['--all', '--recipient', 'AGE-SECRET-KEY-1QQQQ'], /not an age recipient/],
    ['a canary wave of none', ['--all', '--canary', '0'], /--canary/],
    ['shrinking waves', ['--all', '--growth', '0.5'], /--growth/],
    ['more failures than all', ['--all', '--max-failures', '101%'], /--max-failures/],
    ['passwords that are too short', ['--all', '--length', '7'], /--length/],
    ['a duration that is none', ['--all', '--wait-offline', 'soon'], /--wait-offline/],
  ])('with %s is used wrongly', async (_title, args, message) => {
    const { code, output } = await rotate(world, args)
    expect(output).toMatch(message)
    expect(output).not.toContain('AGE-SECRET-KEY')
    expect(code).toBe(2)
  })

  test('that nothing matches ends with 1', async () => {
    expect(await rotate(world, ['--name', 'nobody-*', ...toRecipient()])).toMatchObject({ code: 1 })
  })
})

describe('a machine in trouble', () => {
  test('with a full disk calls nothing that is not written down, and the rotation can be resumed', async () => {
    const place = file('full')
    // So many KiB may a file of the process have: room for the plan and a few calls.
    const command = ['bash', '-c', 'ulimit -f 9; exec "$0" "$@"', process.execPath]
    const args = ['--all', ...toRecipient(), '--folder', place, '--canary', '1', '--growth', '1']
    const { code, output } = await rotate(world, args, { command })
    expect(code).toBe(1)
    expect(output).toMatch(/EFBIG/)
    const resumed = await rotate(world, ['--resume', place, '--settle', '1s'])
    expect(resumed.output).toMatch(/changed/)
    await takeOver(place)
    await expectCurrent()
  })

  test.each([
    ['forward', 3_600_000],
    ['back', -3_600_000],
  ])('whose clock jumps %s by an hour stops, states nothing false and can be resumed', async (name, jump) => {
    const preload = file('jump.cjs')
    const place = file(`jump-${name}`)
    await writeFile(
      preload,
      `const { existsSync, readFileSync } = require('node:fs')
      const [Real, journal] = [Date, ${JSON.stringify(join(place, 'journal.jsonl'))}]
      const isTime = () => existsSync(journal) && readFileSync(journal, 'utf8').includes('"kind":"decided"')
      const now = () => Real.now() + (isTime() ? ${jump} : 0)
      globalThis.Date = class extends Real { constructor(...given) { given.length === 0 ? super(now()) : super(...given) } static now() { return now() } }`,
    )
    const args = ['--all', ...toRecipient(), '--folder', place, '--canary', '1', '--growth', '1', '--concurrency', '1']
    const { code, output } = await rotate(world, args, { environment: { NODE_OPTIONS: `--require ${preload}` } })
    expect(output).toContain('InvalidTimeStamp.Expired')
    expect(output).toMatch(/\d+ changed, \d+ pending/)
    expect(code).toBe(1)
    const resumed = await rotate(world, ['--resume', place])
    expect(resumed).toMatchObject({ code: 0, output: expect.stringContaining('12 changed') })
    await takeOver(place)
    await expectCurrent()
  })
})
