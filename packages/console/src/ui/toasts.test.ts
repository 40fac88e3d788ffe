import { afterEach, beforeEach, expect, test, vi } from 'vitest'

// A rune is a call where nothing compiles it: here it gives the value itself.
vi.stubGlobal('$state', { raw: (value: unknown) => value })
const { toasts } = await import('./toasts.svelte.ts')
type Said = Awaited<ReturnType<NonNullable<(typeof toasts.list)[number]['undo']>>>

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  toasts.clear()
  vi.useRealTimers()
})

const texts = (): readonly string[] => toasts.list.map(({ text }) => text)
const settled = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(0)
}

test('words go by themselves, and later where there is something to undo', () => {
  toasts.say('Saved.')
  toasts.say('Renamed.', async () => ({ text: 'Undone.' }))
  vi.advanceTimersByTime(6_000)
  expect(texts()).toEqual(['Renamed.'])
  vi.advanceTimersByTime(6_000)
  expect(texts()).toEqual([])
})

test('they stay while somebody is at them', () => {
  toasts.say('Saved.')
  const [{ id } = { id: -1 }] = toasts.list
  toasts.hold(id)
  vi.advanceTimersByTime(60_000)
  expect(texts()).toEqual(['Saved.'])
  toasts.release(id)
  vi.advanceTimersByTime(6_000)
  expect(texts()).toEqual([])
})

test('what is undone is undone once, and its outcome is told however long it takes', async () => {
  let tell: (said: Said) => void = () => {}
  const undo = vi.fn(
    () =>
      new Promise<Said>((resolve) => {
        tell = resolve
      }),
  )
  toasts.say('Renamed.', undo)
  const [{ id } = { id: -1 }] = toasts.list
  expect([toasts.undo(), toasts.undo()]).toEqual([true, false])
  // The pointer leaves while the server has not answered.
  toasts.hold(id)
  toasts.release(id)
  vi.advanceTimersByTime(60_000)
  expect(texts()).toEqual(['Renamed.'])
  tell({ text: 'Not undone: it has been changed again since.', isBad: true })
  await settled()
  expect(texts()).toEqual(['Not undone: it has been changed again since.'])
  vi.advanceTimersByTime(12_000)
  expect([texts(), undo.mock.calls.length]).toEqual([[], 1])
})

test('an undo that fails in itself says so, and does not stand for ever', async () => {
  toasts.say('Renamed.', async () => {
    throw new Error('no reference')
  })
  toasts.undo()
  await settled()
  expect(texts()).toEqual(['Error: no reference'])
  vi.advanceTimersByTime(12_000)
  expect(texts()).toEqual([])
})
