import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openFileDisk } from '../../packages/agent/src/disk-file.ts'
import { readAccountHash } from '../../packages/agent/src/shadow-file.ts'
import { createChance, seedOf } from '../../packages/chaos/src/random.ts'
import { afterPowerCut, anyPowerCut, type PowerCut } from '../support/power-cut/disk.ts'
import {
  contentsOf,
  placeForStates,
  rebuild,
  recordedSteps,
  recording,
  whatRecordingNeeds,
} from '../support/power-cut/recorder.ts'
import { type Step, saidBy } from '../support/power-cut/step.ts'
import { runToEnd } from '../support/process.ts'
import { limit } from '../support/time.ts'

const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)
const program = join(import.meta.dirname, 'power-cut-gateway.mjs')
const others = 'root:*:19000:0:99999:7:::\n'
const before = new Map([
  ['system', undefined],
  ['system/etc', undefined],
  ['system/etc/passwd', Buffer.from('root:x:0:0::/root:/bin/sh\nadmin:x:1000:1000::/:/bin/sh\n')],
  ['system/etc/shadow', Buffer.from(`${others}admin:!:19000:0:99999:7:::\n`)],
])
const data = 'made/agent'
const hashes = ['a', 'b', 'c', 'd'].map((letter) => `$6$saltsalt$${letter.repeat(86)}`)
const orders = [
  ...['key:one', 'password:first', hashes[0], hashes[1], 'password:second'],
  ...[hashes[2], 'key:two', 'password:third', hashes[3]],
].map(String)

const lack =
  whatRecordingNeeds ??
  (process.getuid?.() !== 0 ? 'needs root' : undefined) ??
  (existsSync('/usr/sbin/chpasswd') ? undefined : 'enable with: apt-get install -y passwd')

describe.skipIf(lack !== undefined)(`a power cut of a gateway (seed ${seed})${lack ? ` (${lack})` : ''}`, () => {
  let folder: string
  let steps: readonly Step[]
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeAll(async () => {
    folder = mkdtempSync(join(placeForStates, 'opensag-power-cuts-'))
    const recorded = mkdtempSync(join(tmpdir(), 'opensag-power-'))
    const watched = join(recorded, 'watched')
    const log = join(recorded, 'log')
    try {
      rebuild(watched, before)
      // The system's own program, on a system that is nothing but this.
      const chpasswd = ['/usr/sbin/chpasswd', '--root', join(watched, 'system'), '-e']
      const etc = join(watched, 'system/etc')
      const [command = '', ...rest] = [...recording(log), process.execPath, program, join(watched, data), etc]
      const { code, errors } = await runToEnd(command, [...rest, JSON.stringify(chpasswd), ...orders])
      expect(errors).toBe('')
      expect(code).toBe(0)
      steps = recordedSteps(log, watched)
      // What was recorded is what happened.
      expect(steps.filter(({ is }) => is === 'rename').length).toBeGreaterThanOrEqual(orders.length)
      expect(await readAccountHash(etc, 'admin')).toBe(hashes.at(-1))
      expect(contentsOf(join(watched, data))).toEqual(
        new Map([
          ['key', Buffer.from('two')],
          ['password', Buffer.from('third')],
        ]),
      )
    } finally {
      rmSync(recorded, { recursive: true, force: true })
    }
  })

  /** The last value that was said to be kept, and what may have been kept after it. */
  function allowed(at: number, kind: (order: string) => string | undefined, first: string | undefined) {
    const mine = orders.filter((order) => kind(order) !== undefined)
    const done = mine.filter((order) => (saidBy(steps, `done ${order}\n`) ?? Number.POSITIVE_INFINITY) <= at)
    const last = done.at(-1)
    const next = mine[done.length]
    return [last === undefined ? first : kind(last), ...(next === undefined ? [] : [kind(next)])]
  }

  async function wrongAfter(number: number, some: Partial<PowerCut> = {}): Promise<object | undefined> {
    const chance = createChance(seedOf(seed, number))
    const cut = { ...anyPowerCut(chance.below(steps.length + 1), chance), ...some }
    rebuild(folder, afterPowerCut(steps, before, cut, chance))
    const wrong: string[] = []
    async function look(what: string, now: Promise<string | undefined>, right: readonly unknown[]): Promise<void> {
      const found = await now.catch((error: Error) => error.message)
      if (!right.includes(found)) wrong.push(`${what} is ${found}, not ${right.join(' or ')}`)
    }
    const hash = allowed(cut.at, (order) => (order.startsWith('$') ? order : undefined), '!')
    await look('admin', readAccountHash(join(folder, 'system/etc'), 'admin'), hash)
    await look('root', readAccountHash(join(folder, 'system/etc'), 'root'), ['*'])
    const disk = await openFileDisk(join(folder, data))
    for (const name of ['key', 'password']) {
      const value = (order: string): string | undefined => order.split(`${name}:`)[1]
      await look(name, disk.read(name), allowed(cut.at, value, undefined))
    }
    await disk.close()
    return wrong.length === 0 ? undefined : { number, cut, wrong }
  }

  test('keeps what was done, and of what was under way the old or the new', { timeout: limit(300_000) }, async () => {
    for (let number = 0; number < 3 * steps.length; number++) {
      expect(await wrongAfter(number, { at: number % (steps.length + 1) })).toBeUndefined()
    }
  })

  const needed: readonly { readonly sync: string; readonly of: (path: string) => boolean }[] = [
    { sync: 'the folder that chpasswd renames in', of: (path) => path === 'system/etc' },
    { sync: 'the file that chpasswd writes', of: (path) => /\/shadow\+?$/.test(path) },
    { sync: 'the files of the agent', of: (path) => /^made\/agent\/./.test(path) },
    { sync: 'the folder of the agent', of: (path) => path === data },
    { sync: 'the folder that one was made in', of: (path) => path === 'made' },
  ]
  test.each(needed)('would lose something without the sync of $sync', { timeout: limit(300_000) }, async ({ of }) => {
    let wrong: object | undefined
    for (let number = 0; number < 300 && wrong === undefined; number++) {
      wrong = await wrongAfter(number, { ignored: ({ path }) => of(path) })
    }
    expect(wrong).toBeDefined()
  })
})
