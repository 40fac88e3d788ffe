import { describe, expect, test } from 'vitest'
import {
  changedFields,
  draftOf,
  fittingFields,
  type KeptDraft,
  keptMs,
  longestDraft,
  mostDrafts,
  readDrafts,
  withDraft,
  withoutDraft,
} from './drafts.ts'

const now = 1_800_000_000_000
const none: ReadonlySet<string> = new Set()

function draft(object: string, fields: KeptDraft['fields'] = { Name: 'Lyon' }): KeptDraft {
  return { form: 'edit', object, at: now, fields, over: { Name: 'Paris' } }
}

describe('the drafts of a tab', () => {
  test('are read as they were written, by form and object', () => {
    const other = { ...draft('sag-1'), form: 'tags' }
    const kept = withDraft(withDraft([], draft('sag-1')), other)
    const read = readDrafts(JSON.stringify(kept), now)
    expect(read).toEqual([other, draft('sag-1')])
    expect(draftOf(read, 'edit', 'sag-1')).toEqual(draft('sag-1'))
    expect(draftOf(read, 'edit', 'sag-2')).toBeUndefined()
    expect(withoutDraft(read, 'edit', 'sag-1')).toEqual([other])
  })

  test('have one state of each form about one thing', () => {
    const later = draft('sag-1', { Name: 'Lyon-2' })
    expect(withDraft([draft('sag-2'), draft('sag-1')], later)).toEqual([later, draft('sag-2')])
  })

  test(`are at most ${mostDrafts}: the oldest one goes`, () => {
    let kept: readonly KeptDraft[] = []
    for (let number = 0; number <= mostDrafts; number += 1) kept = withDraft(kept, draft(`sag-${number}`))
    expect(kept.length).toBe(mostDrafts)
    expect(kept[0]?.object).toBe(`sag-${mostDrafts}`)
    expect(draftOf(kept, 'edit', 'sag-0')).toBeUndefined()
    expect(readDrafts(JSON.stringify([...kept, draft('sag-0')]), now)).toEqual(kept)
  })

  test('do not outlast a day, nor a clock that was a day ahead', () => {
    const text = JSON.stringify([draft('sag-1')])
    expect(readDrafts(text, now + keptMs)).toHaveLength(1)
    expect(readDrafts(text, now + keptMs + 1)).toEqual([])
    expect(readDrafts(text, now - keptMs - 1)).toEqual([])
  })

  test('keep a branch under way as long as the tab, and do not push it out', () => {
    const branch = { ...draft(''), form: 'branch' }
    let kept = withDraft([], branch)
    for (let number = 0; number <= mostDrafts; number += 1) kept = withDraft(kept, draft(`sag-${number}`))
    expect(kept.length).toBe(mostDrafts)
    expect(readDrafts(JSON.stringify(kept), now + 3 * keptMs)).toEqual([branch])
  })

  test('have none that is too long, nor its former state', () => {
    const long = draft('sag-1', { Name: 'x'.repeat(longestDraft) })
    expect(withDraft([draft('sag-1')], long)).toEqual([])
    expect(readDrafts(JSON.stringify([long, draft('sag-2')]), now)).toEqual([draft('sag-2')])
    const room = longestDraft - JSON.stringify(draft('sag-1', { Name: '' })).length
    expect(withDraft([], draft('sag-1', { Name: 'x'.repeat(room) }))).toHaveLength(1)
    expect(withDraft([], draft('sag-1', { Name: 'x'.repeat(room + 1) }))).toEqual([])
  })

  test('can all be as long as one may be', () => {
    const room = longestDraft - JSON.stringify(draft('sag-10', { Name: '' })).length
    const full = Array.from({ length: mostDrafts }, (_, number) =>
      draft(`sag-${number + 10}`, { Name: 'x'.repeat(room) }),
    )
    expect(readDrafts(JSON.stringify(full), now)).toHaveLength(mostDrafts)
  })

  test('have none of a form that stands as it opened', () => {
    expect(withDraft([draft('sag-1')], draft('sag-1', {}))).toEqual([])
  })

  test.each([
    '',
    'no JSON',
    'null',
    '{}',
    '[null, 1, "text", []]',
    JSON.stringify([{ ...draft('sag-1'), fields: null }]),
    JSON.stringify([{ ...draft('sag-1'), fields: ['Lyon'] }]),
    JSON.stringify([{ ...draft('sag-1'), at: 'now' }]),
    JSON.stringify([{ ...draft('sag-1'), form: 1 }]),
    JSON.stringify([{ ...draft('sag-1'), over: undefined }]),
    JSON.stringify([{ form: 'edit', at: now, fields: {} }]),
  ])('are none where something else stands: %s', (text) => {
    expect(readDrafts(text, now)).toEqual([])
  })
})

describe('what is kept of a form', () => {
  test('is what somebody changed, an emptied field too', () => {
    const opened = { Name: 'Lyon', Position: 'Rue', channels: ['one'] }
    expect(changedFields({ ...opened, Position: '' }, opened, none)).toEqual({ Position: '' })
    expect(changedFields({ ...opened, channels: ['one', 'two'] }, opened, none)).toEqual({ channels: ['one', 'two'] })
    expect(changedFields({ ...opened, channels: ['one'] }, opened, none)).toEqual({})
  })

  test('is never a secret', () => {
    const opened = { UserName: '', Password: '' }
    const typed = { UserName: 'wang', Password: 'Secret_1' }
    expect(changedFields(typed, opened, new Set(['Password']))).toEqual({ UserName: 'wang' })
  })

  test('is filled in where the form still has the field, for a value of the same kind', () => {
    const opened = { Name: 'Lyon', isAll: true, instances: [] as string[], schedule: { start: 'now', at: '' } }
    const kept = { Name: 'Paris', isAll: false, instances: ['sag-1'], schedule: { start: 'later', at: '10:00' } }
    const fitting = (fields: object) => fittingFields({ fields: { ...fields }, over: opened }, opened)
    expect(fitting(kept)).toEqual(kept)
    expect(fitting({ Name: 'Paris', Gone: 'x', toString: 'y' })).toEqual({ Name: 'Paris' })
    const others = { Name: null, isAll: 'false', instances: [1], schedule: { start: 'later' } }
    expect(fitting(others)).toEqual({})
    expect(fitting({ Name: { a: 1 }, instances: 'sag-1', schedule: 'now' })).toEqual({})
  })

  test('may be a list of pairs, such as tags, with what else was chosen', () => {
    const opened = { choice: { role: 'viewer', tags: [] as string[][] } }
    const kept = { choice: { role: 'operator', tags: [['env', 'prod']] } }
    expect(fittingFields({ fields: kept, over: opened }, opened)).toEqual(kept)
    expect(fittingFields({ fields: { choice: { role: 'viewer', tags: [[1]] } }, over: opened }, opened)).toEqual({})
  })

  test('is not filled in over what somebody else has changed since', () => {
    const over = { others: 'env=prod', site: 'Lyon' }
    const fields = { others: 'env=test', site: 'Paris' }
    expect(fittingFields({ fields, over }, { others: 'env=prod\nowner=li', site: 'Lyon' })).toEqual({ site: 'Paris' })
  })
})
