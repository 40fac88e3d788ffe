import { expect, test } from 'vitest'
import { addAlert, elsewhereRefused } from '../../testing/alerts.suite.ts'
import { testOperation } from '../../testing/harness.suite.ts'
import { acknowledgeAlert as operation } from './acknowledge-alert.ts'
import { listAlerts } from './list-alerts.ts'

testOperation(operation, (world) => {
  test('one about a condition stays until that is over', async () => {
    const AlertId = await addAlert(world())
    await world().call(operation, { AlertId })
    expect(await world().call(listAlerts)).toMatchObject({ Alerts: [{ AlertId, State: 'Acknowledged' }] })
  })

  test('one about an event closes with it', async () => {
    const AlertId = await addAlert(world(), { cause: 'event/7', kind: 'SecurityEvent' })
    await world().call(operation, { AlertId })
    expect(await world().call(listAlerts, { State: 'Closed' })).toMatchObject({
      Alerts: [{ AlertId, CloseTime: expect.any(String), AcknowledgedBy: expect.any(String) }],
    })
  })

  test('400/IncorrectStatus.Alert: it is acknowledged already', async () => {
    const AlertId = await addAlert(world())
    await world().call(operation, { AlertId })
    expect(await world().refused(operation, { AlertId })).toBe('IncorrectStatus.Alert')
  })

  test('404/InvalidAlertId.NotFound: none, another account’s, or one that is not open yet', async () => {
    const AlertId = await addAlert(world())
    await addAlert(world(), { id: 'alert-pending', state: 'Pending' })
    for (const id of ['alert-none', 'alert-pending']) {
      expect(await world().refused(operation, { AlertId: id })).toBe('InvalidAlertId.NotFound')
    }
    expect(await elsewhereRefused(world(), operation, { AlertId })).toBe('InvalidAlertId.NotFound')
  })
})
