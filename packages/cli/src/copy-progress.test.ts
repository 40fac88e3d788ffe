import { expect, test } from 'vitest'
import { copyProgressView } from './copy-progress.ts'

function shownOn(screen: { readonly isTTY?: boolean; readonly columns?: number }): string[] {
  const written: string[] = []
  const view = copyProgressView({ ...screen, write: (text: string) => written.push(text) })
  for (const done of [0, 5, 15, 100]) view.show({ phase: 'copying', table: 'audit_event', done, of: 100 })
  view.show({ phase: 'verifying', table: 'account', done: 0, of: 100 })
  view.end()
  return written
}

test('a log gets one line for each tenth', () => {
  expect(shownOn({})).toEqual([
    'Copying: 0 % of 100 rows.\n',
    'Copying: 10 % of 100 rows.\n',
    'Copying: 100 % of 100 rows.\n',
    'Verifying: 0 % of 100 rows.\n',
  ])
})

test('a terminal gets a bar that fits into its line, and is left clean', () => {
  const written = shownOn({ isTTY: true, columns: 40 })
  const start = '\r\u001b[K'
  expect(written[2]).toBe(`${start}Copying   [#####.......................`)
  expect(written.every((text) => text.startsWith(start) && text.length - start.length < 40)).toBe(true)
  expect(written.at(-1)).toBe(start)
})

test('nothing to copy is all of it', () => {
  const written: string[] = []
  copyProgressView({ write: (text: string) => written.push(text) }).show({
    phase: 'copying',
    table: 'x',
    done: 0,
    of: 0,
  })
  expect(written).toEqual(['Copying: 100 % of 0 rows.\n'])
})
