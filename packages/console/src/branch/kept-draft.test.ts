import { expect, test } from 'vitest'
import { emptyDraft } from './draft.ts'
import { forgetDraft, keepDraft, keptDraft, type Tab } from './kept-draft.ts'

function tab(): Tab & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  }
}

const empty = emptyDraft('1', 'cn-shanghai')
const draft = { ...empty, name: 'Lisbon', made: { instanceId: 'sag-1', done: ['order'] } }

test('is there after a reload, for its own account only, until it is forgotten', () => {
  const own = tab()
  keepDraft(own, draft)
  expect(keptDraft(own, '1', 'cn-beijing')).toEqual(draft)
  expect(keptDraft(own, '2', 'cn-shanghai')).toEqual(emptyDraft('2', 'cn-shanghai'))
  forgetDraft(own)
  expect(keptDraft(own, '1', 'cn-shanghai')).toEqual(empty)
})

test('a browser that keeps nothing has an empty one', () => {
  keepDraft(undefined, draft)
  expect(keptDraft(undefined, '1', 'cn-shanghai')).toEqual(empty)
})

test('what is too long is neither kept nor read', () => {
  const own = tab()
  keepDraft(own, { ...draft, position: 'x'.repeat(5000) })
  expect(own.kept.size).toBe(0)
  own.setItem('opensag.branch', JSON.stringify({ ...draft, position: 'x'.repeat(5000) }))
  expect(keptDraft(own, '1', 'cn-shanghai')).toEqual(empty)
})

test.each([
  'no JSON',
  'null',
  '"text"',
  JSON.stringify({ accountId: '1' }),
  JSON.stringify({ ...draft, model: 'other' }),
  JSON.stringify({ ...draft, prefix: '24' }),
  JSON.stringify({ ...draft, made: null }),
  JSON.stringify({ ...draft, made: { done: 'order' } }),
  JSON.stringify({ ...draft, made: { done: [1] } }),
  JSON.stringify({ ...draft, made: { instanceId: 1, done: [] } }),
  JSON.stringify({ ...draft, made: { sent: 'order', sentAt: 'now', done: [] } }),
])('what somebody else has written there is none: %s', (text) => {
  const own = tab()
  own.setItem('opensag.branch', text)
  expect(keptDraft(own, '1', 'cn-shanghai')).toEqual(empty)
})
