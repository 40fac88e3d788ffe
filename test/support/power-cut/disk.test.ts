import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createChance, seedOf } from '../../../packages/chaos/src/random.ts'
import { afterKill, afterPowerCut, anyPowerCut, type PowerCut } from './disk.ts'
import type { Contents } from './history.ts'
import { joined, type Step, saidBy } from './step.ts'

const empty: Contents = new Map()
const folder: Step = { is: 'make-folder', path: 'f' }
const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)
const runs = { seed, numRuns: 300 }

function write(path: string, offset: number, text: string): Step {
  return { is: 'write', path, offset, data: Buffer.from(text) }
}

/** A sync that covers everything before it, at this place of the list. */
function sync(path: string, at: number): Step {
  return { is: 'sync', path, covers: at }
}

const names = ['f/a', 'f/b', 'f/c'] as const
const action = fc.oneof(
  fc.record({ is: fc.constant('make-file'), path: fc.constantFrom(...names) }),
  fc.record({
    is: fc.constant('write'),
    path: fc.constantFrom(...names),
    offset: fc.nat(1500),
    data: fc
      .integer({ min: 1, max: 255 })
      .chain((byte) => fc.nat(1200).map((length) => Buffer.alloc(length + 1, byte))),
  }),
  fc.record({ is: fc.constant('resize'), path: fc.constantFrom(...names), length: fc.nat(2000) }),
  fc.record({ is: fc.constantFrom('rename', 'link'), from: fc.constantFrom(...names), to: fc.constantFrom(...names) }),
  fc.record({ is: fc.constant('unlink'), path: fc.constantFrom(...names) }),
  fc.record({ is: fc.constant('sync'), path: fc.constantFrom(...names, 'f') }),
)

/** Only what a program could have done: nothing is done to a file that is not there. */
function possible(actions: readonly Readonly<Record<string, unknown>>[]): readonly Step[] {
  const there = new Set<string>()
  const steps: Step[] = [folder, sync('', 1)]
  for (const one of actions) {
    const { is, path, from, to } = one as { is: string; path: string; from: string; to: string }
    if (is === 'make-file') there.add(path)
    else if (is === 'rename' || is === 'link') {
      if (!there.has(from) || from === to || (is === 'link' && there.has(to))) continue
      there.add(to)
      if (is === 'rename') there.delete(from)
    } else if (path !== 'f' && !there.has(path)) continue
    else if (is === 'unlink') there.delete(path)
    steps.push({ ...one, covers: steps.length } as unknown as Step)
  }
  return steps
}

const program = fc.array(action, { maxLength: 30 }).map(possible)

function stateOf(steps: readonly Step[], number: number, some: Partial<PowerCut> = {}): Contents {
  const chance = createChance(seedOf(seed, number))
  return afterPowerCut(steps, empty, { ...anyPowerCut(steps.length, chance), ...some }, chance)
}

describe(`a disk after a power cut (seed ${seed})`, () => {
  test('what was synced, content and name, is there as it was', () => {
    fc.assert(
      fc.property(program, fc.nat(), (steps, number) => {
        const all = afterKill(steps, empty, steps.length)
        const synced = [...steps]
        for (const path of [...all.keys()].reverse()) synced.push(sync(path, steps.length))
        expect(stateOf(synced, number)).toEqual(all)
      }),
      runs,
    )
  })

  test('a file holds nothing but bytes that were written there, and zeros', () => {
    fc.assert(
      fc.property(program, fc.nat(), (steps, number) => {
        const written = new Set([0])
        for (const step of steps) if (step.is === 'write') written.add(step.data[0] ?? 0)
        for (const content of stateOf(steps, number).values()) {
          expect([...(content ?? [])].filter((byte) => !written.has(byte))).toEqual([])
        }
      }),
      runs,
    )
  })

  test('the same seed gives the same state', () => {
    fc.assert(
      fc.property(program, fc.nat(), (steps, number) => {
        expect(stateOf(steps, number)).toEqual(stateOf(steps, number))
      }),
      runs,
    )
  })

  test('when all is kept and nothing in a name is pending, a power cut is a kill', () => {
    fc.assert(
      fc.property(program, fc.nat(), (steps, number) => {
        const synced = [...steps, sync('f', steps.length)]
        expect(stateOf(synced, number, { data: 'kept' })).toEqual(afterKill(steps, empty, steps.length))
      }),
      runs,
    )
  })

  /** Every state that many seeds come to, as text. */
  function states(steps: readonly Step[], look: (contents: Contents) => unknown, some?: Partial<PowerCut>) {
    return new Set(Array.from({ length: 400 }, (_, number) => String(look(stateOf(steps, number, some)))))
  }

  const made: readonly Step[] = [folder, sync('', 1), { is: 'make-file', path: 'f/a' }, write('f/a', 0, 'old')]
  const durable = [...made, sync('f/a', 4), sync('f', 4)]
  const contentOf = (path: string) => (contents: Contents) => contents.get(path)?.toString('latin1') ?? 'missing'

  test('a folder that is lost takes what is in it with it', () => {
    const steps: readonly Step[] = [folder, { is: 'make-file', path: 'f/a' }, sync('f', 2)]
    expect(states(steps, (contents) => [...contents.keys()])).toEqual(new Set(['', 'f,f/a']))
  })

  test('a name that was not synced may be missing, its content lost though the name is kept', () => {
    const whole = states(made, contentOf('f/a'))
    expect(whole).toEqual(new Set(['missing', '', 'old', '\0\0\0']))
    expect(states([...made, sync('f/a', 4)], contentOf('f/a'))).toEqual(new Set(['missing', 'old']))
    expect(states([...made, sync('f', 4)], contentOf('f/a'))).toEqual(new Set(['', 'old', '\0\0\0']))
  })

  test('a rename leaves the old content or the new one, never neither', () => {
    const written: readonly Step[] = [...durable, { is: 'make-file', path: 'f/b' }, write('f/b', 0, 'new')]
    const steps: readonly Step[] = [...written, sync('f/b', 8), { is: 'rename', from: 'f/b', to: 'f/a' }]
    expect(states(steps, contentOf('f/a'))).toEqual(new Set(['old', 'new']))
    expect(states([...steps, sync('f', 10)], contentOf('f/a'))).toEqual(new Set(['new']))
    const unsynced: readonly Step[] = [...written, { is: 'rename', from: 'f/b', to: 'f/a' }]
    expect(states(unsynced, contentOf('f/a'))).toEqual(new Set(['old', 'new', '', '\0\0\0']))
  })

  test('an ignored sync is none', () => {
    const ignored: PowerCut['ignored'] = ({ path }) => path === 'f/a'
    expect(states(durable, contentOf('f/a'))).toEqual(new Set(['old']))
    expect(states(durable, contentOf('f/a'), { ignored })).toEqual(new Set(['old', '', '\0\0\0']))
  })

  test('what was written while a sync was running is not covered by it', () => {
    const steps: readonly Step[] = [...durable, write('f/a', 0, 'new'), sync('f/a', 6)]
    expect(states(steps, contentOf('f/a'))).toEqual(new Set(['old', 'new']))
  })

  test('a large write tears at sectors, and only there', () => {
    const steps = [...durable, write('f/a', 0, 'n'.repeat(1024))]
    const found = states(
      steps,
      (contents) =>
        contents
          .get('f/a')
          ?.toString('latin1')
          .replace(/(.)\1+/g, '$1'),
      {
        data: 'torn',
        sector: 512,
      },
    )
    expect([...found].filter((text) => !/^(?:old\0?|n\0?|n|old\0n)$/.test(text))).toEqual([])
    expect(found.size).toBeGreaterThan(3)
  })

  test('names are lost in their order where a journal keeps it, and each for itself where not', () => {
    const steps: readonly Step[] = [...durable, { is: 'make-file', path: 'f/b' }, { is: 'unlink', path: 'f/a' }]
    const list = (contents: Contents): readonly string[] => [...contents.keys()]
    expect(states(steps, list, { names: 'in-order' })).toEqual(new Set(['f,f/a', 'f,f/a,f/b', 'f,f/b']))
    expect(states(steps, list, { names: 'each-for-itself' })).toEqual(new Set(['f,f/a', 'f,f/a,f/b', 'f,f/b', 'f']))
  })

  test('two runs in a row keep what each of them synced', () => {
    const all = joined(made, [write('f/a', 0, 'two'), sync('f/a', 1), { is: 'said', text: 'done' }])
    expect(all[5]).toEqual({ is: 'sync', path: 'f/a', covers: 5 })
    expect(saidBy(all, 'done')).toBe(7)
    expect(saidBy(all, 'never')).toBeUndefined()
  })
})
