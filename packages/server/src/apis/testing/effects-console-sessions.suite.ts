// A call of each operation about sessions of the console and one's own access, and other values of its parameters.
import { Secret } from '@opensag/protocol'
import { createSealer } from '../../sealing/sealing.ts'
import { StsSessions } from '../../store/access/sts-sessions.ts'
import { type Row, row } from './effects.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { accountId } from './names.suite.ts'

const session = 'STS.sessionOfTheAccount1'

async function withSessions({ store, wallNow }: Harness): Promise<void> {
  const sealer = createSealer(Buffer.alloc(32))
  await store.write(async (tx) => {
    const alice = await tx.selectFrom('ram_user').select('id').where('name', '=', 'alice').executeTakeFirstOrThrow()
    for (const [index, [id, userId]] of [
      [session, undefined],
      ['STS.sessionOfTheAccount2', undefined],
      ['STS.sessionOfAlice', alice.id],
    ].entries() as IterableIterator<[number, [string, string | undefined]]>) {
      const text = Secret.of(id)
      await new StsSessions(tx, sealer).add({
        credentials: { accessKeyId: id, accessKeySecret: text, securityToken: text, expiresAt: wallNow + 60_000 },
        accountId,
        basis: { userId },
        begunBy: 'the test',
        from: { source: '192.0.2.1', browser: 'Firefox' },
        createdAt: wallNow - index * 1000,
      })
    }
  })
}

export const consoleSessionRows: readonly Row[] = [
  row(
    'EvaluateOwnAccess',
    { 'Question.1.ActionName': 'smartag:RebootSmartAccessGateway' },
    { Question: { to: { 'Question.1.ActionName': 'ram:GetUser' } } },
  ),
  row(
    'ListConsoleSessions',
    {},
    { AllUsers: 'true', MaxResults: '1', NextToken: { follow: 'NextToken', by: { MaxResults: '1' } } },
    { prepare: withSessions },
  ),
  row('RevokeConsoleSession', { SessionId: session }, { SessionId: 'STS.nothing' }, { prepare: withSessions }),
]
