import { expect, test } from 'vitest'
import { instanceColumns } from '../../columns/instance.ts'
import { newRow } from '../../columns/table.ts'
import { blankInstance } from '../../model/lifecycle-start.ts'
import { linkThat } from './fake-link.suite.ts'
import { heldRows, holdRows } from './held-rows.ts'
import type { Link } from './link.ts'

type Sent = {
  readonly text: string
  readonly values: readonly unknown[] | undefined
  readonly name: string | undefined
}

function recordingLink(sent: Sent[]): Link {
  return linkThat((text, values, name) => void sent.push({ text, values, name }))
}

const rowOf = (id: string) => ({ ...newRow(instanceColumns, blankInstance({ id, name: 'old' })), devices: null })

test('rows are locked in the order of their ids, whatever order they are asked for in', async () => {
  const sent: Sent[] = []
  await holdRows(recordingLink(sent), ['b', 'a'])
  expect(sent).toHaveLength(1)
  expect(sent[0]?.text).toMatch(/ order by "id" for no key update$/)
})

test('what a work has changed twice before it fails is as it was before', () => {
  const rows = heldRows([rowOf('a')])
  rows.change('a', ['name'], { name: 'kept' })
  rows.keep()
  rows.change('a', ['name'], { name: 'once' })
  rows.change('a', ['name'], { name: 'twice' })
  rows.undo()
  expect(rows.get('a')?.name).toBe('kept')
})

test('rows that nothing has changed, or only works that failed, are not written', () => {
  const sent: Sent[] = []
  const rows = heldRows([rowOf('a')])
  rows.change('a', ['name'], { name: 'new' })
  rows.undo()
  rows.keep()
  expect(rows.write(recordingLink(sent))).toBeUndefined()
  expect(sent).toEqual([])
})

test('the changed rows are written by one statement with every column that changed in any of them', async () => {
  const sent: Sent[] = []
  const link = recordingLink(sent)
  for (const order of [
    ['name', 'paid_at'],
    ['paid_at', 'name'],
  ]) {
    const rows = heldRows([rowOf('a'), rowOf('b'), rowOf('c')])
    for (const [index, column] of order.entries()) {
      rows.change(index === 0 ? 'a' : 'c', [column], { name: 'new', paid_at: 5 })
    }
    rows.keep()
    await rows.write(link)
  }
  expect(sent.map(({ values }) => values)).toEqual([
    [
      ['a', 'c'],
      ['new', 'old'],
      [null, 5],
    ],
    [
      ['a', 'c'],
      ['old', 'new'],
      [5, null],
    ],
  ])
  expect(sent[0]?.text).toContain('unnest($1::text[], $2::text[], $3::bigint[]) as changed("id", "name", "paid_at")')
  expect(sent[1]).toMatchObject({ text: sent[0]?.text, name: sent[0]?.name })
})
