import { expect, test } from 'vitest'
import { evidenceCsv } from './evidence.ts'
import type { JobItem } from './jobs.ts'
import { proofOf, proofs } from './proof.ts'

test.each([
  ['Done', undefined, 'yes yes yes'],
  ['ToDo', undefined, 'open open open'],
  ['Running', undefined, 'open open open'],
  ['Skipped', 'SmartAccessGatewayOffline', 'open open open'],
  ['Failed', 'Forbidden.RAM', 'open open open'],
  ['Failed', 'SmartAccessGatewayNotOnline', 'no no no'],
  ['Failed', 'PasswordKept', 'unknown no no'],
  ['Unknown', 'NotAnswered', 'unknown unknown unknown'],
] as const)('%s %s proves: %s', (State, Code, marks) => {
  const found = proofOf({ State, ...(Code === undefined ? {} : { Code }) })
  expect(proofs.map((proof) => found[proof]).join(' ')).toBe(marks)
})

test('the evidence names gateway, times, outcome and proof', () => {
  const item = {
    ...{ SmartAGId: 'sag-a', RegionId: 'cn', SerialNumber: 'sag1', Wave: 1, State: 'Failed', Code: 'PasswordKept' },
    ...{ BeginTime: 0, EndTime: 1500 },
  } as JobItem
  const csv = evidenceCsv({ JobId: 'job-a', Kind: 'RotatePasswords' }, [item], () => 'Berlin')
  expect(csv.split('\r\n').slice(0, 2)).toEqual([
    'job,wave,region,instance,name,serial,outcome,code,begun,ended,answered,oldRefused,newOpens',
    'job-a,1,cn,sag-a,Berlin,sag1,Failed,PasswordKept,1970-01-01T00:00:00.000Z,1970-01-01T00:00:01.500Z,unknown,no,no',
  ])
  const restart = evidenceCsv({ JobId: 'job-a', Kind: 'Restart' }, [item], () => undefined)
  expect(restart).not.toContain('newOpens')
})
