import { expect, test } from 'vitest'
import { orJson, spreadJson } from './json-list.ts'
import { list, objects, text } from './params.ts'

const raw = (params: Readonly<Record<string, string>>) => new Map(Object.entries(params))
const tags = orJson(objects({ Key: text(), Value: text() })).invalid('BadTag')
const names = orJson(list(text())).invalid('BadNames')

test.each([
  ['as JSON', { Tag: '[{"Key":"a","Value":"b"},{"Key":"c"}]' }],
  ['as JSON with null for no value', { Tag: ' [{"Key":"a","Value":"b"},{"Key":"c","Value":null}]' }],
  ['as a Repeat list', { 'Tag.1.Key': 'a', 'Tag.1.Value': 'b', 'Tag.2.Key': 'c' }],
  ['as a Repeat list beside an empty text', { Tag: '', 'Tag.0.Key': 'a', 'Tag.0.Value': 'b', 'Tag.7.Key': 'c' }],
])('a list of objects that is sent %s is the same', (_, sent) => {
  expect(tags.parse(raw(sent), 'Tag')).toEqual({
    value: [
      { Key: 'a', Value: 'b' },
      { Key: 'c', Value: undefined },
    ],
  })
})

test('a list of texts that is sent as JSON is the same, and what stands beside it does not count', () => {
  expect(names.parse(raw({ N: '["a","b"]', 'N.1': 'c' }), 'N')).toEqual({ value: ['a', 'b'] })
  expect(names.parse(raw({ N: '[]' }), 'N')).toEqual({ value: undefined })
})

test.each([
  'a',
  '{"Key":"a"}',
  '[1]',
  '[["a"]]',
  '[null]',
  '[{}]',
  '[{"Key":null}]',
  '[{"Key":1}]',
  '[{"Key":["a"]}]',
  '[{"Key":"a"',
])('%s is no list', (text) => {
  expect(tags.parse(raw({ Tag: text }), 'Tag')).toEqual({
    violations: [{ kind: 'invalid', param: 'Tag', code: 'BadTag' }],
  })
  expect(spreadJson(raw({ Tag: text }), 'Tag')).toBeUndefined()
})
