import { expect, test } from 'vitest'
import { emptyDatabase } from '../../empty-database.suite.ts'
import { factsOf } from './index.ts'
import type { FactsKind } from './subject.ts'

const kinds: Readonly<Record<FactsKind, true>> = {
  accessKey: true,
  account: true,
  acl: true,
  aclRule: true,
  alert: true,
  alertChannel: true,
  alertRule: true,
  ccn: true,
  clientUser: true,
  device: true,
  dnatEntry: true,
  enterpriseCode: true,
  flowLog: true,
  group: true,
  healthCheck: true,
  instance: true,
  loginProfile: true,
  policy: true,
  probeTask: true,
  qos: true,
  qosCar: true,
  qosPolicy: true,
  role: true,
  securityKey: true,
  snatEntry: true,
  user: true,
  vbr: true,
}

/** Columns that nothing may show: secrets, and what they can be guessed from. */
const secretColumn = /secret|sealed|hash|token|password|ticket|_key"/

test.each(Object.keys(kinds) as FactsKind[])('of %s no column with a secret is read', async (kind) => {
  const asked: string[] = []
  const db = emptyDatabase((sql) => asked.push(sql))
  expect(await factsOf(db, { kind, key: 'x', accountId: '1', within: 'y' })).toBeUndefined()
  expect(asked).toHaveLength(1)
  const columns = /json_array\((.+?)\)/.exec(asked[0] ?? '')?.[1]?.split(', ') ?? []
  expect(columns.length).toBeGreaterThan(2)
  for (const column of columns) {
    // A yes or no about a password, which tells nothing of it.
    if (!column.endsWith('"password_reset_required"')) expect(column).not.toMatch(secretColumn)
  }
})
