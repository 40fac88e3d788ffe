// A call of each operation that the audit trail and the forms of addresses of the console need, and other values of its parameters.
import { named, type Row, row } from './effects.suite.ts'
import type { Harness } from './harness-on.suite.ts'

async function withTrail(world: Harness): Promise<void> {
  for (let call = 0; call < 3; call += 1) {
    world.wallNow += 1000
    await world.call(named('GetUser'), { UserName: 'alice' })
    if (call === 1) await world.call(named('UpdateUser'), { UserName: 'alice', NewComments: 'night shift' })
  }
  // What a console asks.
  const { caller } = world
  world.caller = { ...caller, accessKeyId: 'STS.console' }
  await world.call(named('GetUser'), { UserName: 'alice' })
  world.caller = caller
}

export const auditRows: readonly Row[] = [
  row('ProposeCidrBlock', { CcnId: 'ccn-main' }, { PrefixLength: '16' }),
  row(
    'SearchAuditEvents',
    {},
    {
      StartTime: '2024-01-31T12:00:02Z',
      EndTime: '2024-01-31T12:00:02Z',
      Users: { to: { 'Users.1': 'nobody' } },
      Operations: { to: { 'Operations.1': 'UpdateUser' } },
      Object: 'bob',
      EventRW: 'Write',
      Outcome: 'Refused',
      Through: 'cli',
      Text: 'night',
      ConsoleReads: 'true',
      MaxResults: '1',
      NextToken: { follow: 'NextToken', by: { MaxResults: '1' } },
    },
    { prepare: withTrail },
  ),
]
