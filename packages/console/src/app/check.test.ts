import type { ParamEntry } from '@opensag/rules'
import { expect, test } from 'vitest'
import { mistakeIn } from './check.ts'

const password: ParamEntry = {
  name: 'Password',
  type: 'string',
  required: true,
  secret: true,
  pattern: ['^[A-Za-z0-9_]{8,30}$', ''],
}
const bandwidth: ParamEntry = { name: 'Bandwidth', type: 'integer', minimum: 1, maximum: 20_000 }
const name: ParamEntry = { name: 'Name', type: 'string', minLength: 2, maxLength: 4 }
const strategy: ParamEntry = { name: 'RoutingStrategy', type: 'string', values: ['static', 'dynamic'] }

test.each([
  [password, '', 'missing'],
  [password, 'short', 'pattern'],
  [password, 'Long_enough1', undefined],
  [bandwidth, '', undefined],
  [bandwidth, 'many', 'number'],
  [bandwidth, '20001', 'range'],
  [bandwidth, '20000', undefined],
  [name, '云', 'length'],
  [name, '云接网络', undefined],
  [name, '🚀🚀🚀🚀', undefined],
  [name, '🚀', 'length'],
  [strategy, 'neither', 'values'],
  [strategy, 'static', undefined],
])('%o with %j is %s', (param, value, expected) => {
  expect(mistakeIn(param, value)).toBe(expected)
})
