import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createOutbox } from '../../mail/outbox.ts'
import { otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { listOutboxMails as operation } from './list-outbox-mails.ts'

testOperation(operation, (world) => {
  test('the mails about own instances are shown, the newest first, and nobody else’s', async () => {
    const own = await world().addInstance({ kind: 'app', spec: 'sag-software' })
    const foreign = await world().addInstance({ kind: 'app', spec: 'sag-software', accountId: otherAccountId })
    let at = 0
    const outbox = createOutbox(() => (at += 1))
    world().outbox = outbox
    for (const [to, instanceId] of [
      ['first@example.com', own],
      ['foreign@example.com', foreign],
      ['second@example.com', own],
    ] as const) {
      await outbox.send({ to, instanceId, subject: 'Your password', text: Secret.of(`for ${to}`) })
    }
    const { Mails } = await world().call(operation)
    expect(Mails).toEqual([
      { Time: 3, To: 'second@example.com', SmartAGId: own, Subject: 'Your password', Text: 'for second@example.com' },
      { Time: 1, To: 'first@example.com', SmartAGId: own, Subject: 'Your password', Text: 'for first@example.com' },
    ])
    expect((await world().call(operation, { MaxResults: '1' }))['Mails']).toHaveLength(1)
  })

  test('an empty outbox is shown empty', async () => {
    world().outbox = createOutbox(() => 0)
    expect((await world().call(operation))['Mails']).toEqual([])
  })

  test('403/OutboxNotSupported: a server that is no sandbox keeps no mails', async () => {
    expect(await world().refused(operation)).toBe('OutboxNotSupported')
  })
})
