import { expect, test } from 'vitest'
import { flag, json, text, whole } from './column.ts'
import { changedColumns, changedSettings, initialFacts, newRow, seenNames } from './table.ts'

const columns = {
  id: text('id'),
  shownAs: text('shown_as').optional().ownerSets(),
  isOpen: flag('open').initially(true),
  about: json('about', (parsed) => parsed as Readonly<Record<string, number>>)
    .optional()
    .storeOnly(),
  size: whole('size').initially(7).ownerSets().databaseDefault(),
}

test('a new row holds what was said of it, and otherwise what a new row holds', () => {
  expect(newRow(columns, { id: 'a' })).toEqual({ id: 'a', shown_as: null, open: 1, about: null, size: 7 })
  const all = { id: 'a', shownAs: '', isOpen: false, about: { b: 2 }, size: 0 }
  expect(newRow(columns, all)).toEqual({ id: 'a', shown_as: '', open: 0, about: '{"b":2}', size: 0 })
})

test('a change names the columns of its facts and no other', () => {
  expect(changedColumns(columns, { isOpen: false, size: undefined })).toEqual({ open: 0 })
  expect(changedColumns(columns, {})).toEqual({})
})

test('settings change what the owner may set, whatever else comes along', () => {
  const sent = { id: 'b', isOpen: false, shownAs: 'c', size: 0 }
  expect(changedSettings(columns, sent)).toEqual({ shown_as: 'c', size: 0 })
})

test('the rules see no column that is for the store only', () => {
  expect(seenNames(columns)).toEqual(['id', 'shown_as', 'open', 'size'])
  expect(initialFacts(columns)).toStrictEqual({ shownAs: undefined, isOpen: true, size: 7 })
})
