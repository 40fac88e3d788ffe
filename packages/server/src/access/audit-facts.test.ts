import { expect, test } from 'vitest'
import { auditFacts, boundedSource } from './audit-facts.ts'

test.each([
  ['192.0.2.1', '192.0.2.1'],
  // As a socket of both families shows it.
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  [undefined, 'unknown'],
  ['192.0.2.1"\n<script>', '192.0.2.1script'],
  ['9'.repeat(100), '9'.repeat(64)],
])('the source %j is kept as %j', (given, kept) => {
  expect(boundedSource(given)).toBe(kept)
})

test('of a role the session is named, of a user the id that no rename changes', () => {
  const where = { at: 1, sourceIp: '192.0.2.1', secure: true }
  const who = { accountId: '1234567890123456', accessKeyId: 'k' }
  const user = auditFacts({ ...who, kind: 'RAMUser', userId: '7', userName: 'alice' }, where)
  expect(user).toMatchObject({ principal: 'acs:ram::1234567890123456:user/alice', principalId: '7' })
  const role = { roleId: '37', roleName: 'night-shift', sessionName: 'bob' }
  const session = auditFacts({ ...who, kind: 'AssumedRole', ...role }, where)
  expect(session).toMatchObject({ principal: 'acs:sts::1234567890123456:assumed-role/night-shift/bob' })
  expect(session.principalId).toBe('37:bob')
})
