import { expect, test } from 'vitest'
import type { ToolOutcome } from '../../model/gateway-requests.ts'
import { otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { toolDone } from '../testing/tools.suite.ts'
import { runGatewayTool as operation } from './run-gateway-tool.ts'

const able = { sealKey: 'enrolled', capabilities: 'config-trial tools', connected: true } as const

testOperation(operation, (world) => {
  async function branch(device: Parameters<ReturnType<typeof world>['addDevice']>[1] = able) {
    const SmartAGId = await world().addInstance()
    return { SmartAGId, serial: await world().addDevice(SmartAGId, device) }
  }
  const comesTo = (outcome: ToolOutcome): void => {
    world().gateways.tool = () => outcome
  }

  test('a ping is sent as a terminal would send it, and summed up', async () => {
    const { SmartAGId, serial } = await branch()
    const ping = { SmartAGId, Tool: 'Ping', Target: 'Till.Branch.Example' }
    expect(await world().call(operation, ping)).toEqual({
      SerialNumber: serial,
      Outcome: 'Done',
      Sent: 4,
      Answered: 3,
      LeastMicroseconds: 1500,
      MeanMicroseconds: 2500,
      MostMicroseconds: 3500,
      Lines: ['PING till.branch.example (till.branch.example) 56(84) bytes of data.'],
      ...{ Hops: [], Routes: [], Leases: [], Log: [], Counters: [] },
    })
    const asked = { tool: 'ping', target: 'till.branch.example', from: 'lan', count: 4 }
    expect(world().gateways.requests).toEqual([`tool ${serial} ${JSON.stringify(asked)}`])
  })

  test('of a ping that nobody answers no times are told', async () => {
    const { SmartAGId } = await branch()
    comesTo({ is: 'done', result: { tool: 'ping', times: [null, null], lines: [] }, isSimulated: true })
    const answer = await world().call(operation, { SmartAGId, Tool: 'Ping', Target: '10.0.1.1', From: 'Wan' })
    expect(answer).toMatchObject({ Sent: 2, Answered: 0, Simulated: true })
    expect(answer).not.toHaveProperty('MeanMicroseconds')
  })

  test('each other tool is shown as it came', async () => {
    const { SmartAGId } = await branch()
    world().gateways.tool = toolDone
    const answer = (Tool: string, more = {}) => world().call(operation, { SmartAGId, Tool, ...more })
    expect(await answer('Traceroute', { Target: 'a.example' })).toMatchObject({
      Address: '203.0.113.7',
      Reached: false,
      Hops: [{ Hop: 1, Address: '10.0.1.1', Microseconds: 500 }, { Hop: 2 }],
    })
    expect(await answer('Routes')).toMatchObject({
      LeftOut: 3,
      Routes: [{ Table: 'branch', Destination: '10.0.0.0/8', Port: 'ccn0', Source: 'bird' }],
    })
    const lease = { Address: '10.0.1.9', Mac: '02:00:00:00:00:09', Name: 'till-1', Until: '1970-01-01T00:01:00.000Z' }
    expect(await answer('Leases')).toMatchObject({ Leases: [lease] })
    const line = { Time: '1970-01-01T00:00:01.000Z', Level: 'warn', Text: 'Not connected.' }
    expect(await answer('Log')).toMatchObject({ Log: [line] })
    expect(await answer('Counters')).toMatchObject({
      Counters: [{ Port: 'eth0', Up: true, ReceivedBytes: 12_345, SentDropped: 1 }],
    })
  })

  test.each([
    ['missing', 'ProgramMissing', 'ping'],
    ['unresolved', 'NameNotResolved', undefined],
    ['no-address', 'NoSourceAddress', undefined],
    ['no-network', 'NoNetwork', undefined],
    ['simulated', 'Simulated', undefined],
    ['late', 'OutOfTime', undefined],
    ['failed', 'Failed', 'ping ended with 2'],
  ] as const)('a gateway that has no result says why: %s', async (why, Outcome, detail) => {
    const { SmartAGId, serial } = await branch()
    comesTo({ is: 'undone', why, ...(detail === undefined ? {} : { detail }) })
    expect(await world().call(operation, { SmartAGId, Tool: 'Log' })).toMatchObject({
      ...{ SerialNumber: serial, Outcome },
      ...(detail === undefined ? {} : { Detail: detail }),
    })
  })

  test('of two devices the one that is online is asked, or the one that is named', async () => {
    const { SmartAGId, serial: away } = await branch({ ...able, connected: false })
    const there = await world().addDevice(SmartAGId, able)
    expect(await world().call(operation, { SmartAGId, Tool: 'Log' })).toMatchObject({ SerialNumber: there })
    const named = { SmartAGId, Tool: 'Log', SerialNumber: away }
    expect(await world().refused(operation, named)).toBe('SmartAccessGatewayNotOnline')
  })

  test.each([
    ['10.0.1.1;reboot'],
    ['-f'],
    ['--help'],
    ['$(reboot)'],
    ['`reboot`'],
    ['10.0.1.1\nreboot'],
    ['10.0.1.1 -f'],
    ['a b'],
    ['a'.repeat(64)],
    [`${'a.'.repeat(150)}a`],
    ['::1'],
    ['2001:db8::1'],
    ['127.0.0.1'],
    ['127.1'],
    ['0x7f.1'],
    ['2130706433'],
    ['169.254.169.254'],
    ['224.0.0.1'],
    ['255.255.255.255'],
    ['0.0.0.0'],
    ['http://a.example'],
    ['a.example:80'],
    ['-a.example'],
  ])('InvalidTarget, and no gateway is asked: %j', async (Target) => {
    const { SmartAGId } = await branch()
    expect(await world().refused(operation, { SmartAGId, Tool: 'Ping', Target })).toBe('InvalidTarget')
    expect(world().gateways.requests).toEqual([])
  })

  test('InvalidTool, InvalidCount and InvalidFrom: none of those there are', async () => {
    const { SmartAGId } = await branch()
    const ping = { SmartAGId, Tool: 'Ping', Target: '10.0.1.1' }
    expect(await world().refused(operation, { ...ping, Tool: 'Reboot' })).toBe('InvalidTool')
    for (const Count of ['0', '11', '1.5', '4;']) {
      expect(await world().refused(operation, { ...ping, Count })).toBe('InvalidCount')
    }
    expect(await world().refused(operation, { ...ping, From: 'eth0' })).toBe('InvalidFrom')
  })

  test('InvalidParameter: a target that is missing, or that nothing is sent to', async () => {
    const { SmartAGId } = await branch()
    for (const params of [{ Tool: 'Ping' }, { Tool: 'Traceroute' }, { Tool: 'Log', Target: '10.0.1.1' }]) {
      expect(await world().refused(operation, { SmartAGId, ...params })).toBe('InvalidParameter')
    }
  })

  test('SAG.InstanceNoFound: no such instance, none named, or another account’s', async () => {
    const theirs = await world().addInstance({ accountId: otherAccountId })
    for (const params of [{}, { SmartAGId: 'sag-none' }, { SmartAGId: theirs }]) {
      expect(await world().refused(operation, { Tool: 'Log', ...params })).toBe('SAG.InstanceNoFound')
    }
  })

  test('Sag.DeviceNotExist: of another instance, or none is bound', async () => {
    const { serial } = await branch()
    const SmartAGId = await world().addInstance()
    for (const params of [{}, { SerialNumber: serial }]) {
      expect(await world().refused(operation, { SmartAGId, Tool: 'Log', ...params })).toBe('Sag.DeviceNotExist')
    }
  })

  test('SmartAccessGatewayNotOnline: it is away, or no node has its connection', async () => {
    const { SmartAGId } = await branch({ ...able, connected: false })
    expect(await world().refused(operation, { SmartAGId, Tool: 'Log' })).toBe('SmartAccessGatewayNotOnline')
    expect(world().gateways.requests).toEqual([])
    const there = await branch()
    comesTo('offline')
    expect(await world().refused(operation, { SmartAGId: there.SmartAGId, Tool: 'Log' })).toBe(
      'SmartAccessGatewayNotOnline',
    )
  })

  test('FeatureNotSupport: its program does not know tools, or does not any more', async () => {
    const { SmartAGId } = await branch({ ...able, capabilities: 'config-trial diagnosis' })
    expect(await world().refused(operation, { SmartAGId, Tool: 'Log' })).toBe('FeatureNotSupport')
    expect(world().gateways.requests).toEqual([])
    const there = await branch()
    comesTo('too old')
    expect(await world().refused(operation, { SmartAGId: there.SmartAGId, Tool: 'Log' })).toBe('FeatureNotSupport')
  })

  test('ResourceInOperating: it is at work for somebody else', async () => {
    const { SmartAGId } = await branch()
    comesTo({ is: 'busy' })
    expect(await world().refused(operation, { SmartAGId, Tool: 'Log' })).toBe('ResourceInOperating')
  })

  test('NoAnswer.Gateway: what is not known is not called offline', async () => {
    const { SmartAGId } = await branch()
    comesTo('unknown')
    expect(await world().refused(operation, { SmartAGId, Tool: 'Log' })).toBe('NoAnswer.Gateway')
  })
})
