import { expect, test } from 'vitest'
import { Diagnoses, saveDiagnosis } from '../../../store/probes/diagnoses.ts'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { diagnosed, watchable } from '../../testing/monitoring.suite.ts'
import { discribeSmartAccessGatewayDiagnosisReport as operation } from './discribe-smart-access-gateway-diagnosis-report.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, SmartAGSn: string, RegionId?: string) => ({
    SmartAGId,
    SmartAGSn,
    ...(RegionId === undefined ? {} : { RegionId }),
  })
  const refused = (id: string, serial: string, region?: string) =>
    world().refused(operation, request(id, serial, region))

  async function device(): Promise<{ readonly id: string; readonly serial: string }> {
    const id = await world().addInstance()
    return { id, serial: await world().addDevice(id, watchable) }
  }

  test('the findings in both languages, by kind, with the worst of each, and what the server sees itself', async () => {
    const { id, serial } = await device()
    await diagnosed(
      world(),
      serial,
      { check: 'wanPort', outcome: 'noCable', values: ['5'] },
      { check: 'accessPoints', outcome: 'lossy', values: ['203.0.113.4 8/10'] },
      { check: 'tunnels', outcome: 'ok', values: ['pop1', 'pop2'] },
    )
    const { DiagnoseResult } = await world().call(operation, request(id, serial))
    expect(DiagnoseResult).toMatchObject({
      DiagnoseId: 'dia-one',
      InstanceId: id,
      SN: serial,
      UId: world().caller.accountId,
      BoxType: 'sag-1000',
      BoxVersion: '2.3.1.1',
      State: 'finished',
      StartTime: Math.floor(world().wallNow / 1000),
      EndTime: Math.floor(world().wallNow / 1000) + 1,
      Percent: 100,
      TotalNumber: 5,
      FinishedNumber: 5,
      Level: { Total: 'error', Configuration: 'error', Biz: 'warning' },
      Statistics: { Error: 1, Warning: 1, Info: 3, Total: 5 },
      Details: [
        {
          Type: 'config',
          Statistics: { Error: 1, Warning: 0, Info: 2, Total: 3 },
          Items: [
            {
              ItemName: 'wanPort',
              Type: 'config',
              Level: 'error',
              StartTime: world().wallNow,
              EndTime: world().wallNow + 900,
              CN: {
                ItemName: 'WAN 端口',
                ItemType: '配置',
                ItemLevel: '异常',
                Details: ['端口没有连接：5。'],
                Advice: ['检查网线和对端设备。'],
              },
              EN: {
                ItemName: 'WAN port',
                ItemType: 'Config',
                ItemLevel: 'ERROR',
                Details: ['The port has no link: 5.'],
                Advice: ['Check its cable and what is at the other end.'],
              },
            },
            { ItemName: 'clock', Level: 'info' },
            { ItemName: 'version', Level: 'info' },
          ],
        },
        {
          Type: 'biz',
          Statistics: { Error: 0, Warning: 1, Info: 1, Total: 2 },
          Items: [
            { ItemName: 'accessPoints', Level: 'warning' },
            { ItemName: 'tunnels', Level: 'info', EN: { Details: ['All are up: pop1, pop2.'], Advice: [] } },
          ],
        },
      ],
    })
  })

  test('a clock that is far off is told; an outcome of a later program is shown as it is', async () => {
    const { id, serial } = await device()
    const at = world().wallNow
    await world().store.write(async (tx) => {
      await new Diagnoses(tx).begin(serial, 'dia-two', at)
      const findings = [{ check: 'tunnels', outcome: 'brandNew', values: ['x'], startedAt: at, endedAt: at }] as const
      await saveDiagnosis(tx, serial, { id: 'dia-two', startedAt: at - 90_000, endedAt: at - 90_000, findings }, at)
    })
    const { DiagnoseResult } = await world().call(operation, request(id, serial))
    expect(DiagnoseResult).toMatchObject({
      Level: { Configuration: 'warning', Biz: 'info' },
      Details: [
        { Items: [{ ItemName: 'clock', EN: { Details: ['Seconds off that of the server: -90.'] } }, {}] },
        { Items: [{ EN: { Details: ['brandNew: x.'] } }] },
      ],
    })
  })

  test('it runs for a minute at most; a device that does not answer has failed, and one that answers late has not', async () => {
    const { id, serial } = await device()
    const state = async () => (await world().call(operation, request(id, serial)))['DiagnoseResult']
    expect(await state()).toBeUndefined()
    const at = world().wallNow
    await world().store.write((tx) => new Diagnoses(tx).begin(serial, 'dia-one', at))
    world().wallNow = at + 59_999
    expect(await state()).toMatchObject({ State: 'running', Percent: 0 })
    world().wallNow = at + 60_000
    expect(await state()).toMatchObject({ State: 'failed', Percent: 0 })
    const late = { startedAt: at, endedAt: at + 60_000, findings: [] }
    await world().store.write((tx) => saveDiagnosis(tx, serial, { id: 'dia-before', ...late }, at + 60_000))
    expect(await state()).toMatchObject({ State: 'failed' })
    await world().store.write((tx) => saveDiagnosis(tx, serial, { id: 'dia-one', ...late }, at + 60_000))
    expect(await state()).toMatchObject({ State: 'finished' })
  })

  test('SAG.InstanceNoFound: unknown, of another account, or not in the region that is named', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    for (const id of ['sag-none', foreign]) expect(await refused(id, 'sag1')).toBe('SAG.InstanceNoFound')
    const id = await world().addInstance()
    expect(await refused(id, await world().addDevice(id, watchable), 'cn-hangzhou')).toBe('SAG.InstanceNoFound')
  })

  test('Sag.DeviceNotExist: not a device of it', async () => {
    const other = await world().addInstance()
    const serial = await world().addDevice(other, watchable)
    expect(await refused(await world().addInstance(), serial)).toBe('Sag.DeviceNotExist')
  })
})
