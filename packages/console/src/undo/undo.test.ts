import type { Answer, Params } from '@opensag/smartag-client'
import { describe, expect, test } from 'vitest'
import { type Call, takeBack, undoOf } from './undo.ts'
import { ways } from './ways.ts'

/** What is called to undo a change, from what the look before it answered; undefined where nothing is offered. */
function backOf(operation: string, sent: Params, before: Answer, answer: Answer = {}): readonly Call[] | undefined {
  const way = ways.get(operation)
  const state = way?.seen(before, sent)
  return way && state && undoOf(way, sent, state, answer)?.back
}

function called(operation: string, params: Params, product: Call['product'] = 'Smartag'): readonly Call[] {
  return [{ product, operation, params }]
}

const place = { RegionId: 'cn-shanghai', SmartAGId: 'sag-1' }

describe('what is undone by what', () => {
  test('settings by the same call, with those that were sent as they were', () => {
    const before = { Name: 'old', Description: 'Shop', CidrBlock: '10.1.0.0/24,10.2.0.0/24', SecurityLockThreshold: 0 }
    const sent = { ...place, Name: 'new', CidrBlock: '10.3.0.0/24' }
    expect(backOf('ModifySmartAccessGateway', sent, before)).toEqual(
      called('ModifySmartAccessGateway', { ...place, Name: 'old', CidrBlock: '10.1.0.0/24,10.2.0.0/24' }),
    )
    expect(backOf('ModifySmartAccessGateway', { ...place, SecurityLockThreshold: '60' }, before)).toEqual(
      called('ModifySmartAccessGateway', { ...place, SecurityLockThreshold: '0' }),
    )
  })

  test('a value that was not there only where a blank one takes it away', () => {
    expect(backOf('ModifySmartAccessGateway', { ...place, Position: 'Lyon' }, {})).toEqual(
      called('ModifySmartAccessGateway', { ...place, Position: '' }),
    )
    expect(backOf('ModifySmartAccessGateway', { ...place, Position: 'Lyon', CidrBlock: '10.1.0.0/24' }, {})).toBe(
      undefined,
    )
    expect(backOf('ModifySmartAccessGateway', { ...place, Name: 'new' }, {})).toBe(undefined)
  })

  test('what changes nothing is not undone', () => {
    const before = { Name: 'same', CidrBlock: '10.1.0.0/24,10.2.0.0/24' }
    const sent = { ...place, Name: 'same', CidrBlock: ' 10.1.0.0/24, 10.2.0.0/24' }
    expect(backOf('ModifySmartAccessGateway', sent, before)).toBe(undefined)
    const network = { RegionId: 'cn-shanghai', CcnId: 'ccn-1', SmartAGId: 'sag-1' }
    expect(backOf('BindSmartAccessGateway', network, { AssociatedCcnId: 'ccn-1' })).toBe(undefined)
  })

  test('settings of a network, found among others', () => {
    const sent = { RegionId: 'cn-shanghai', CcnId: 'ccn-2', InterworkingStatus: 'disable' }
    const list = [
      { CcnId: 'ccn-1', InterworkingStatus: 'disable' },
      { CcnId: 'ccn-2', InterworkingStatus: 'enable' },
    ]
    const before = { CloudConnectNetworks: { CloudConnectNetwork: list } }
    expect(backOf('ModifyCloudConnectNetwork', sent, before)).toEqual(
      called('ModifyCloudConnectNetwork', { ...sent, InterworkingStatus: 'enable' }),
    )
    expect(backOf('ModifyCloudConnectNetwork', { ...sent, CcnId: 'ccn-3' }, before)).toBe(undefined)
  })

  test('settings of a remote user under the names that the list has for them, of just that user', () => {
    const sent = { ...place, UserName: 'zhang', Email: 'new@example.com' }
    const User = [
      { UserName: 'zhang.wei', UserMail: 'other@example.com', State: 1 },
      { UserName: 'zhang', UserMail: 'old@example.com', State: 0 },
    ]
    expect(backOf('ModifySmartAccessGatewayClientUser', sent, { Users: { User } })).toEqual(
      called('ModifySmartAccessGatewayClientUser', { ...sent, Email: 'old@example.com' }),
    )
    const user = { ...place, UserName: 'zhang' }
    expect(backOf('DisableSmartAccessGatewayUser', user, { Users: { User } })).toEqual(
      called('EnableSmartAccessGatewayUser', user),
    )
    expect(backOf('EnableSmartAccessGatewayUser', user, { Users: { User } })).toBe(undefined)
  })

  test.each([
    ['BindSmartAccessGateway', 'UnbindSmartAccessGateway', { CcnId: 'x' }, {}, { AssociatedCcnId: 'x' }],
    ['AssociateACL', 'DisassociateACL', { AclId: 'x' }, { AclIds: { AclId: ['y'] } }, { AclIds: { AclId: ['x'] } }],
    ['AssociateQos', 'DisassociateQos', { QosId: 'x' }, { QosIds: { QosId: [] } }, { QosIds: { QosId: ['x'] } }],
    ['AssociateFlowLog', 'DisassociateFlowLog', { FlowLogId: 'x' }, {}, { FlowLogIds: { FlowLogId: ['x'] } }],
  ])('%s and %s undo each other', (on, off, thing, without, having) => {
    const sent = { ...place, ...thing }
    expect(backOf(on, sent, without)).toEqual([
      { product: 'Smartag', operation: off, params: expect.objectContaining(sent) },
    ])
    expect(backOf(off, sent, having)).toEqual([
      { product: 'Smartag', operation: on, params: expect.objectContaining(sent) },
    ])
    expect(backOf(on, sent, having)).toBe(undefined)
    expect(backOf(off, sent, without)).toBe(undefined)
  })

  test('names of access control lists and QoS policies', () => {
    const acl = { RegionId: 'cn-shanghai', AclId: 'acl-1', Name: 'new' }
    const Acl = [
      { AclId: 'acl-0', Name: 'x' },
      { AclId: 'acl-1', Name: 'old' },
    ]
    expect(backOf('ModifyACL', acl, { Acls: { Acl } })).toEqual(called('ModifyACL', { ...acl, Name: 'old' }))
    const qos = { RegionId: 'cn-shanghai', QosId: 'qos-1', QosDescription: 'Voice' }
    expect(backOf('ModifyQos', qos, { Qoses: { Qos: [{ QosId: 'qos-1', QosName: 'x' }] } })).toEqual(
      called('ModifyQos', { ...qos, QosDescription: '' }),
    )
  })

  test('a network is taken out of a CEN it was attached to, and nothing undoes the opposite', () => {
    const sent = { RegionId: 'cn-shanghai', CcnId: 'ccn-1', CenId: 'cen-1' }
    const before = { CloudConnectNetworks: { CloudConnectNetwork: [{ CcnId: 'ccn-1' }] } }
    expect(backOf('AttachCcnInstanceToCen', sent, before)).toEqual(called('DetachCcnInstanceFromCen', sent))
    expect(ways.has('DetachCcnInstanceFromCen')).toBe(false)
  })

  test('a grant that is revoked comes back for the same account, with what it allowed', () => {
    const sent = { ...place, CcnInstanceId: 'ccn-1' }
    const GrantRule = [{ CcnInstanceId: 'ccn-1', CcnUid: 1210, GrantTrafficService: true }]
    expect(backOf('RevokeSagInstanceFromCcn', sent, { GrantRules: { GrantRule } })).toEqual(
      called('GrantSagInstanceToCcn', { ...sent, CcnUid: '1210', GrantTrafficService: 'true' }),
    )
    expect(backOf('GrantSagInstanceToCcn', { ...sent, CcnUid: '1210' }, { GrantRules: { GrantRule: [] } })).toEqual(
      called('RevokeSagInstanceFromCcn', sent),
    )
  })

  test('an SNAT entry is taken away by the ID it was given', () => {
    const sent = { ...place, CidrBlock: '10.1.0.0/24', SnatIp: '10.9.0.1' }
    expect(backOf('AddSnatEntry', sent, {}, { InstanceId: 'snat-1' })).toEqual(
      called('DeleteSnatEntry', { ...place, InstanceId: 'snat-1' }),
    )
  })

  test('an alert rule with its gateways, channels and all of its quiet hours', () => {
    const before = {
      AlertRules: [
        {
          AlertRuleId: 'rule-1',
          Name: 'Offline',
          Minutes: 5,
          SmartAGIds: [],
          ChannelIds: ['one', 'two'],
          QuietFrom: '22:00',
          QuietTo: '07:00',
          QuietOffset: '+08:00',
          RepeatMinutes: 0,
        },
      ],
    }
    const sent = {
      AlertRuleId: 'rule-1',
      Name: 'Offline',
      SmartAGIds: ['sag-1'],
      ChannelIds: ['one'],
      QuietFrom: '',
      QuietTo: '',
    }
    expect(backOf('ModifyAlertRule', sent, before)).toEqual(
      called(
        'ModifyAlertRule',
        {
          AlertRuleId: 'rule-1',
          Name: 'Offline',
          SmartAGIds: ['all'],
          ChannelIds: ['one', 'two'],
          QuietFrom: '22:00',
          QuietTo: '07:00',
          QuietOffset: '+08:00',
        },
        'OpenSAG',
      ),
    )
    const [rule] = before.AlertRules
    const never = { AlertRules: [{ ...rule, QuietFrom: undefined, QuietTo: undefined, QuietOffset: undefined }] }
    const quiet = { AlertRuleId: 'rule-1', QuietFrom: '22:00', QuietTo: '07:00', QuietOffset: '+08:00' }
    expect(backOf('ModifyAlertRule', quiet, never)?.[0]?.params).toMatchObject({
      QuietFrom: '',
      QuietTo: '',
      QuietOffset: undefined,
    })
  })

  test('what RAM users are called and may do', () => {
    const sent = { UserName: 'alice', NewComments: 'Night shift' }
    expect(backOf('UpdateUser', sent, { User: { UserName: 'alice' } })).toEqual(
      called('UpdateUser', { UserName: 'alice', NewComments: '' }, 'Ram'),
    )
    const key = { UserName: 'alice', UserAccessKeyId: 'k', Status: 'Inactive' }
    const AccessKey = [{ AccessKeyId: 'k', Status: 'Active' }]
    expect(backOf('UpdateAccessKey', key, { AccessKeys: { AccessKey } })).toEqual(
      called('UpdateAccessKey', { ...key, Status: 'Active' }, 'Ram'),
    )
    const group = { UserName: 'alice', GroupName: 'ops' }
    expect(backOf('RemoveUserFromGroup', group, { Groups: { Group: [{ GroupName: 'ops' }] } })).toEqual(
      called('AddUserToGroup', group, 'Ram'),
    )
    const policy = { RoleName: 'r', PolicyName: 'p', PolicyType: 'Custom' }
    const Policy = [{ PolicyName: 'p', PolicyType: 'System' }]
    expect(backOf('AttachPolicyToRole', policy, { Policies: { Policy } })).toEqual(
      called('DetachPolicyFromRole', policy, 'Ram'),
    )
    expect(backOf('DetachPolicyFromRole', policy, { Policies: { Policy } })).toBe(undefined)
  })

  test('passwords, restarts, deletions and what comes back as something else offer nothing', () => {
    for (const operation of [
      'ModifySAGAdminPassword',
      'ResetSmartAccessGatewayClientUserPassword',
      'RebootSmartAccessGateway',
      'DeleteCloudConnectNetwork',
      'DeleteAccessKey',
      'UnbindSerialNumber',
      'DeleteSnatEntry',
      'AcknowledgeAlert',
    ]) {
      expect(ways.has(operation)).toBe(false)
    }
  })
})

describe('a change is taken back', () => {
  const sent = { ...place, Name: 'new' }
  const way = ways.get('ModifySmartAccessGateway')
  const undo = way && undoOf(way, sent, { Name: 'old' }, {})

  async function takenBackFrom(now: Answer): Promise<readonly [boolean, readonly Call[]]> {
    const calls: Call[] = []
    if (undo === undefined) throw new Error('It cannot be undone.')
    const isDone = await takeBack(undo, async (call) => {
      calls.push(call)
      return now
    })
    return [isDone, calls.slice(1)]
  }

  test('while its values are there, whatever else has changed', async () => {
    expect(await takenBackFrom({ Name: 'new', Description: 'of somebody else' })).toEqual([
      true,
      called('ModifySmartAccessGateway', { ...place, Name: 'old' }),
    ])
  })

  test('call by call, so that one that fails tells how far it came', async () => {
    if (undo === undefined) throw new Error('It cannot be undone.')
    const [once = undo.look] = undo.back
    let made = 0
    let asked = 0
    const ask = async (): Promise<Answer> => {
      asked += 1
      if (asked === 3) throw new Error('away')
      return { Name: 'new' }
    }
    const taken = takeBack({ ...undo, back: [once, once] }, ask, () => {
      made += 1
    })
    await expect(taken).rejects.toThrow('away')
    expect(made).toBe(1)
  })

  test('but not over a later change of the same', async () => {
    expect(await takenBackFrom({ Name: 'of somebody else' })).toEqual([false, []])
  })
})
