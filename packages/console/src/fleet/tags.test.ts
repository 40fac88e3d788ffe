import { expect, test } from 'vitest'
import {
  callAddress,
  chipsOf,
  formOf,
  isCritical,
  keysIn,
  keysTyped,
  tagChanges,
  tagsIn,
  tagsOfForm,
  tagsTyped,
  tagText,
} from './tags.ts'

const tags = (text: string) => ({ Tags: tagsTyped(text) ?? [] })

test('tags are read one a line, and what the API would refuse is not taken', () => {
  expect(tagsTyped('env = prod\n\ncritical\nnote=a=b')).toEqual([
    { Key: 'env', Value: 'prod' },
    { Key: 'critical', Value: '' },
    { Key: 'note', Value: 'a=b' },
  ])
  const many = Array.from({ length: 21 }, (_, at) => `k${at}`)
  for (const wrong of ['=x', 'acs:x', 'a=https://x', 'a\na=2', 'x'.repeat(129), many.join('\n')]) {
    expect(tagsTyped(wrong)).toBeUndefined()
  }
  expect(tagsTyped(many.slice(1).join('\n'))).toHaveLength(20)
  expect(keysTyped('env, site\nenv')).toEqual(['env', 'site'])
  expect(keysTyped(many.join())).toBeUndefined()
})

test('what is critical says so, unless its value says no', () => {
  expect(
    ['critical', 'critical=yes', 'critical=no', 'critical=False', 'env=critical'].map((one) => isCritical(tags(one))),
  ).toEqual([true, true, false, false, false])
})

test('names and numbers of people are no chips, and tell no rows apart', () => {
  const rows = [tags('site=Lyon\nphone=+33 1'), tags('site=Lyon\nenv=prod'), tags('env=test\ncontact=Ana')]
  expect(rows.flatMap(chipsOf).map(tagText)).toEqual(['site=Lyon', 'site=Lyon', 'env=prod', 'env=test'])
  expect(keysIn(rows)).toEqual(['env', 'site'])
  expect(tagsIn(rows, 2)).toEqual([
    ['site=Lyon', 2],
    ['env=prod', 1],
  ])
})

test('only what can be called is called', () => {
  expect(callAddress('+33 (0)4 72-00 00')).toBe('tel:+33047200' + '00')
  expect(callAddress('112')).toBe('tel:112')
  for (const wrong of [undefined, '', 'ask Ana', '12', 'javascript:1', '1;2'])
    expect(callAddress(wrong)).toBeUndefined()
})

test('a form that nobody changed changes nothing, and what is emptied is taken away', () => {
  const row = tags('critical=very\nenv=prod\nphone=112\nsite=Lyon')
  const form = formOf(row)
  expect(form).toEqual({ site: 'Lyon', contact: '', phone: '112', critical: true, others: 'env=prod' })
  const same = tagsOfForm(form, row)
  expect(tagChanges(row.Tags, same ?? [])).toMatchObject({ give: [], take: [] })
  const other = tagsOfForm({ ...form, phone: ' ', critical: false, contact: 'Ana', others: 'env=test' }, row)
  expect(tagChanges(row.Tags, other ?? [])).toMatchObject({
    give: [
      { Key: 'contact', Value: 'Ana' },
      { Key: 'env', Value: 'test' },
    ],
    take: ['critical', 'phone'],
  })
  expect(tagsOfForm({ ...form, others: 'site=Paris' }, row)).toBeUndefined()
})

test('what is not critical by its value becomes so when it is marked', () => {
  const row = tags('critical=no')
  expect(tagChanges(row.Tags, tagsOfForm(formOf(row), row) ?? [])).toMatchObject({ give: [], take: [] })
  expect(tagChanges(row.Tags, tagsOfForm({ ...formOf(row), critical: true }, row) ?? [])).toMatchObject({
    give: [{ Key: 'critical', Value: '' }],
    take: [],
  })
})

test('a tag that a line cannot hold is neither shown in the form nor changed by it', () => {
  const odd = [
    { Key: 'a=b', Value: 'v' },
    { Key: 'note', Value: 'one\ntwo' },
    { Key: 'site', Value: ' Lyon ' },
  ]
  const row = { Tags: [...odd, { Key: 'env', Value: 'prod' }] }
  const form = formOf(row)
  expect(form.others).toBe('env=prod')
  const wanted = tagsOfForm({ ...form, phone: '112' }, row) ?? []
  expect(tagChanges(row.Tags, wanted)).toEqual({ give: [{ Key: 'phone', Value: '112' }], take: [], givesFirst: true })
})

test('a renamed tag is given before the other is taken away, where there is room', () => {
  const before = Array.from({ length: 20 }, (_, at) => ({ Key: `k${at}`, Value: '' }))
  const renamed = (tags: typeof before) => [...tags.slice(1), { Key: 'new', Value: '' }]
  expect(tagChanges(before, renamed(before)).givesFirst).toBe(false)
  expect(tagChanges(before.slice(1), renamed(before.slice(1))).givesFirst).toBe(true)
})
