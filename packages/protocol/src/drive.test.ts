import { expect, test } from 'vitest'
import { type Drive, drive } from './drive.ts'
import type { Machine } from './drive-line.ts'

type Effect = { readonly do: 'work'; readonly name: string } | { readonly do: 'close'; readonly name: string }

/** Each input names the effects that follow from it, in order: `ab` is first a, then b. Only x is a `close`. */
const machine: Machine<string, string, Effect> = {
  initial: '',
  step: (state, input) => ({
    state: state + input,
    effects: [...input].map((name) => ({ do: name === 'x' ? 'close' : 'work', name })),
  }),
}

/** Long enough for whatever needs nobody else. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

/** Its effects are done when the test says so, with the answer or the error that the test gives. */
function create(given: Partial<Drive<string, string, Effect>> = {}) {
  const begun: string[] = []
  const ends = new Map<string, { readonly done: (answer?: string) => void; readonly threw: (error: Error) => void }>()
  function port({ name }: Effect): Promise<string | undefined> {
    begun.push(name)
    return new Promise((done, threw) => {
      ends.set(name, { done, threw })
    })
  }
  const driven = drive({ machine, failed: () => undefined, ...given }, { work: port, close: port })
  return {
    driven,
    begun,
    async done(name: string, answer?: string): Promise<void> {
      ends.get(name)?.done(answer)
      await settle()
    },
    async threw(name: string, error: Error): Promise<void> {
      ends.get(name)?.threw(error)
      await settle()
    },
  }
}

/** Whether it has resolved by now. */
function watch(promise: Promise<void>): { readonly isOver: boolean } {
  const watched = { isOver: false }
  promise.then(
    () => {
      watched.isOver = true
    },
    () => undefined,
  )
  return watched
}

test('effects begin in their order, each only after the one before is done', async () => {
  const { driven, begun, done } = create()
  driven.input('abc')
  await settle()
  expect(begun).toEqual(['a'])
  await done('a')
  expect(begun).toEqual(['a', 'b'])
  await done('b')
  expect(begun).toEqual(['a', 'b', 'c'])
})

test('what a port answers is the next input, and what follows from that waits behind what is in line', async () => {
  const { driven, begun, done } = create()
  driven.input('ab')
  await done('a', 'cd')
  expect(driven.state).toBe('abcd')
  expect(begun).toEqual(['a', 'b'])
  await done('b')
  await done('c')
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
})

test('an input that comes while an effect is under way steps at once, and its effects wait', async () => {
  const { driven, begun, done } = create()
  driven.input('a')
  driven.input('b')
  expect(driven.state).toBe('ab')
  await settle()
  expect(begun).toEqual(['a'])
  await done('a')
  expect(begun).toEqual(['a', 'b'])
  await done('b')
  driven.input('c')
  expect(begun).toEqual(['a', 'b', 'c'])
})

test('a port may give an input itself', async () => {
  const begun: string[] = []
  const driven = drive<string, string, Effect>(
    { machine, failed: () => undefined },
    {
      work({ name }) {
        begun.push(name)
        if (name === 'a') driven.input('c')
        return undefined
      },
      close: () => undefined,
    },
  )
  driven.input('ab')
  await driven.idle()
  expect(begun).toEqual(['a', 'b', 'c'])
})

test('an urgent effect begins at once, also before those that are in line', async () => {
  const { driven, begun, done } = create({ urgent: ({ name }) => name === 'u' })
  driven.input('ab')
  driven.input('cu')
  expect(begun).toEqual(['a', 'u'])
  await done('u', 'd')
  expect(driven.state).toBe('abcud')
  for (const name of ['a', 'b', 'c']) await done(name)
  expect(begun).toEqual(['a', 'u', 'b', 'c', 'd'])
})

test('a port that throws is told with its effect, and what is made of it is the next input', async () => {
  const told: unknown[] = []
  const { driven, begun, threw, done } = create({
    failed(effect, error) {
      told.push(effect, error)
      return 'c'
    },
  })
  driven.input('ab')
  await threw('a', new Error('No.'))
  expect(told).toEqual([{ do: 'work', name: 'a' }, new Error('No.')])
  expect(driven.state).toBe('abc')
  await done('b')
  expect(begun).toEqual(['a', 'b', 'c'])
})

test('a port that throws without returning a promise is no different', async () => {
  const driven = drive<string, string, Effect>(
    { machine, failed: () => 'b' },
    {
      work({ name }) {
        if (name === 'a') throw new Error('No.')
        return undefined
      },
      close: () => undefined,
    },
  )
  driven.input('a')
  await driven.idle()
  expect(driven.state).toBe('ab')
})

test('a port that throws where nothing can be made of it ends the machine: no further step, no further effect', async () => {
  const { driven, begun, threw, done } = create({ urgent: ({ name }) => name === 'u' })
  driven.input('uab')
  const before = driven.idle()
  before.catch(() => 'looked at below')
  await threw('a', new Error('No.'))
  await done('u', 'c')
  driven.input('d')
  await settle()
  expect(begun).toEqual(['u', 'a'])
  expect(driven.state).toBe('uab')
  await expect(before).rejects.toThrow('No.')
  await expect(driven.idle()).rejects.toThrow('No.')
})

test('a machine that throws at an answer is over too', async () => {
  const broken: typeof machine = {
    ...machine,
    step(state, input) {
      if (input === 'c') throw new Error('A defect.')
      return machine.step(state, input)
    },
  }
  const { driven, begun, done } = create({ machine: broken })
  driven.input('ab')
  await done('a', 'c')
  expect(begun).toEqual(['a'])
  await expect(driven.idle()).rejects.toThrow('A defect.')
  expect(() => create({ machine: broken }).driven.input('c')).toThrow('A defect.')
})

test('it is idle when nothing was asked for', async () => {
  await create().driven.idle()
})

test('it is idle only once everything asked for until then is done, with all that follows from it', async () => {
  const { driven, done } = create({ urgent: ({ name }) => name === 'u' })
  driven.input('aub')
  const idle = watch(driven.idle())
  await done('a', 'c')
  await done('b')
  await done('c')
  expect(idle.isOver).toBe(false)
  await done('u', 'd')
  expect(idle.isOver).toBe(false)
  await done('d')
  expect(idle.isOver).toBe(true)
})

test('it is idle although something was asked for later', async () => {
  const { driven, done } = create()
  driven.input('a')
  const idle = watch(driven.idle())
  driven.input('b')
  const later = watch(driven.idle())
  await done('a')
  expect([idle.isOver, later.isOver]).toEqual([true, false])
  await done('b')
  expect(later.isOver).toBe(true)
})

test('it can be asked to be idle in one kind of effect, wherever that is in line', async () => {
  const { driven, done } = create()
  driven.input('a')
  driven.input('xb')
  const idle = watch(driven.idle((effect) => effect.do === 'close'))
  await done('a')
  expect(idle.isOver).toBe(false)
  await done('x')
  expect(idle.isOver).toBe(true)
  await driven.idle((effect) => effect.name === 'a')
})

test('every step is shown before anything is done about it', async () => {
  const shown: unknown[] = []
  const { driven, begun, done } = create({ onStep: (...step) => void shown.push([...step, begun.length]) })
  driven.input('a')
  await done('a', 'b')
  expect(shown).toEqual([
    ['', 'a', 'a', [{ do: 'work', name: 'a' }], 0],
    ['a', 'b', 'ab', [{ do: 'work', name: 'b' }], 1],
  ])
})

test('an effect that no port carries out does not compile', () => {
  const incomplete = { work: () => undefined }
  // @ts-expect-error There is no port for `close`.
  drive<string, string, Effect>({ machine, failed: () => undefined }, incomplete)
})

test('it says that it is idle when the last effect is done, not before, and also after an urgent one', async () => {
  let told = 0
  const { driven, done } = create({ urgent: ({ name }) => name === 'u', onIdle: () => void told++ })
  expect(driven.isIdle).toBe(true)
  driven.input('ab')
  await done('a', 'c')
  await done('b')
  expect([told, driven.isIdle]).toEqual([0, false])
  await done('c')
  expect([told, driven.isIdle]).toEqual([1, true])
  driven.input('u')
  expect(driven.isIdle).toBe(false)
  await done('u')
  expect([told, driven.isIdle]).toEqual([2, true])
})

test('a port keeps what it belongs to', async () => {
  class Kept {
    private readonly done: string[] = []
    work({ name }: Effect): undefined {
      this.done.push(name)
    }
    close = this.work
    get all(): readonly string[] {
      return this.done
    }
  }
  const kept = new Kept()
  const driven = drive({ machine, failed: () => undefined }, kept)
  driven.input('ab')
  await driven.idle()
  expect(kept.all).toEqual(['a', 'b'])
})
