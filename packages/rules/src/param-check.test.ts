import { expect, test } from 'vitest'
import type { ParamEntry } from './api-reference.ts'
import { mistakeIn } from './param-check.ts'

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
const period: ParamEntry = { name: 'Period', type: 'integer', minimum: 1, maximum: 9, alsoAllowed: [12, 24, 36] }
const account: ParamEntry = { name: 'CcnUid', type: 'long' }
const state: ParamEntry = { name: 'Status', type: 'string', values: ['Active', 'init'], anyCase: true }
const page: ParamEntry = { name: 'PageSize', type: 'integer', required: true, default: '10' }
const pay: ParamEntry = { name: 'AutoPay', type: 'boolean' }
const uids: ParamEntry = { name: 'Uids', type: 'array<integer>' }

test.each([
  [password, '', 'missing'],
  [password, 'short', 'pattern'],
  [password, 'Long_enough1', undefined],
  [bandwidth, '', undefined],
  [bandwidth, 'many', 'number'],
  [bandwidth, '20001', 'range'],
  [bandwidth, '20000', undefined],
  [name, '云', 'length'],
  [name, 'a\0b', 'pattern'],
  [name, '云接网络', undefined],
  [name, '🚀🚀🚀🚀', undefined],
  [name, '🚀', 'length'],
  [strategy, 'neither', 'values'],
  [strategy, 'static', undefined],
  [strategy, 'Static', 'values'],
  [period, '9', undefined],
  [period, '12', undefined],
  [period, '10', 'range'],
  [account, '253460731706911258', undefined],
  [account, '-1', 'number'],
  [state, 'ACTIVE', undefined],
  [state, 'Gone', 'values'],
  [page, '', undefined],
  [pay, 'True', undefined],
  [pay, 'yes', 'values'],
  [uids, 'x', 'number'],
])('%o with %j is %s', (param, value, expected) => {
  expect(mistakeIn(param, value)).toBe(expected)
})
