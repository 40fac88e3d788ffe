import type { Answer, Params, Product } from '@opensag/smartag-client'
import { type Call, type State, textOf, type Way } from './undo.ts'

type Row = Readonly<Record<string, unknown>>

function call(product: Product, operation: string, params: Params): Call {
  return { product, operation, params }
}

function only(params: Params, names: readonly string[]): Params {
  return Object.fromEntries(names.map((name) => [name, params[name]]))
}

/** What is at a path in an answer: the rows of a list, or the texts. */
function at<T = Row>(answer: Answer, ...path: readonly string[]): readonly T[] {
  let value: unknown = answer
  for (const name of path) value = (value as Row | undefined)?.[name]
  return Array.isArray(value) ? value : []
}

interface Edited {
  /** What names the thing: the call that reads it needs no more. */
  readonly keys: readonly string[]
  /** What can be set. */
  readonly fields: readonly string[]
  /** What the answer calls those of them that have another name there. */
  readonly called?: Readonly<Record<string, string>>
  /** Those of which a blank value takes them away. Of others nothing can be brought back. */
  readonly emptiable?: readonly string[]
  /** Those that come back together, where one of them was sent. */
  readonly together?: readonly string[]
  readonly look: (sent: Params) => Call
  readonly find: (answer: Answer, sent: Params) => Row | undefined
}

/** A call that sets values: the same call with the values before. */
function edited(
  product: Product,
  operation: string,
  { keys, fields, called = {}, emptiable = [], together = [], look, find }: Edited,
): Way {
  const sets = (sent: Params): readonly string[] => fields.filter((name) => sent[name] !== undefined)
  const tells = (sent: Params): readonly string[] => {
    const set = sets(sent)
    return set.some((name) => together.includes(name)) ? [...new Set([...set, ...together])] : set
  }
  return {
    look,
    seen(answer, sent) {
      const row = find(answer, sent)
      return row && Object.fromEntries(tells(sent).map((name) => [name, textOf(row[called[name] ?? name])]))
    },
    made: (sent) => Object.fromEntries(sets(sent).map((name) => [name, textOf(sent[name])])),
    back(sent, before) {
      if (sets(sent).some((name) => before[name] === '' && textOf(sent[name]) !== '' && !emptiable.includes(name))) {
        return undefined
      }
      return [call(product, operation, { ...only(sent, keys), ...before })]
    },
  }
}

interface Paired {
  readonly product?: Product
  readonly keys: readonly string[]
  readonly look: (sent: Params) => Call
  readonly isThere: (answer: Answer, sent: Params) => boolean
}

/** Two calls of the same parameters, each of which undoes the other. */
function paired(on: string, off: string, { product = 'Smartag', keys, look, isThere }: Paired): Record<string, Way> {
  const way = (makes: boolean): Way => ({
    look,
    seen: (answer, sent) => ({ there: String(isThere(answer, sent)) }),
    made: () => ({ there: String(makes) }),
    back: (sent) => [call(product, makes ? off : on, only(sent, keys))],
  })
  return { [on]: way(true), [off]: way(false) }
}

const instance = (sent: Params): Call =>
  call('Smartag', 'DescribeSmartAccessGatewayAttribute', only(sent, ['RegionId', 'SmartAGId']))

/** Something an instance has several of, each attached and taken off by its id. */
function associated(thing: string, on: string, off: string): Record<string, Way> {
  return paired(on, off, {
    keys: ['RegionId', 'SmartAGId', `${thing}Id`],
    look: instance,
    isThere: (answer, sent) => at<string>(answer, `${thing}Ids`, `${thing}Id`).includes(textOf(sent[`${thing}Id`])),
  })
}

function networkIn(answer: Answer, { CcnId }: Params): Row | undefined {
  return at(answer, 'CloudConnectNetworks', 'CloudConnectNetwork').find((one) => one['CcnId'] === CcnId)
}

const network = (sent: Params): Call =>
  call('Smartag', 'DescribeCloudConnectNetworks', only(sent, ['RegionId', 'CcnId']))

const account = (sent: Params): Call =>
  call('Smartag', 'DescribeSmartAccessGatewayClientUsers', only(sent, ['RegionId', 'SmartAGId', 'UserName']))

/** The filter finds those whose name contains it. */
function accountIn(answer: Answer, { UserName }: Params): Row | undefined {
  return at(answer, 'Users', 'User').find((one) => one['UserName'] === UserName)
}

const grants = (sent: Params): Call =>
  call('Smartag', 'DescribeGrantSagRules', { ...only(sent, ['RegionId', 'SmartAGId']), PageSize: 50 })

function grantIn(answer: Answer, { CcnInstanceId }: Params): State {
  const rule = at(answer, 'GrantRules', 'GrantRule').find((one) => one['CcnInstanceId'] === CcnInstanceId)
  if (rule === undefined) return { there: 'false' }
  return { there: 'true', CcnUid: textOf(rule['CcnUid']), GrantTrafficService: textOf(rule['GrantTrafficService']) }
}

const grantKeys = ['RegionId', 'SmartAGId', 'CcnInstanceId']

const quiet = ['QuietFrom', 'QuietTo', 'QuietOffset']

const alertRule = edited('OpenSAG', 'ModifyAlertRule', {
  keys: ['AlertRuleId'],
  fields: ['Name', 'Minutes', 'Days', 'SmartAGIds', 'ChannelIds', 'RepeatMinutes', ...quiet, 'Enabled'],
  emptiable: quiet,
  together: quiet,
  look: () => call('OpenSAG', 'ListAlertRules', {}),
  find(answer, { AlertRuleId }) {
    const rule = at(answer, 'AlertRules').find((one) => one['AlertRuleId'] === AlertRuleId)
    return rule && { ...rule, SmartAGIds: textOf(rule['SmartAGIds']) || 'all' }
  },
})

const kinds = ['User', 'Group', 'Role']

/**
 * What is undone by what, by operation. What is not here offers no undo: passwords, restarts, orders, deletions, the acknowledgement
 * of an alert, and what would come back as something else (a device that is bound again has lost its settings, a network that is
 * attached to a CEN again its subnet, an SNAT entry its ID).
 */
export const ways: ReadonlyMap<string, Way> = new Map(
  Object.entries<Way>({
    ModifySmartAccessGateway: edited('Smartag', 'ModifySmartAccessGateway', {
      keys: ['RegionId', 'SmartAGId'],
      fields: [
        'Name',
        'Description',
        'CidrBlock',
        'RoutingStrategy',
        'SecurityLockThreshold',
        'EnableSoftwareConnectionAudit',
        'Position',
      ],
      emptiable: ['Description', 'Position'],
      look: instance,
      find: (answer) => answer,
    }),
    ModifyCloudConnectNetwork: edited('Smartag', 'ModifyCloudConnectNetwork', {
      keys: ['RegionId', 'CcnId'],
      fields: ['Name', 'Description', 'CidrBlock', 'SnatCidrBlock', 'InterworkingStatus'],
      emptiable: ['Description'],
      look: network,
      find: networkIn,
    }),
    ModifySmartAccessGatewayClientUser: edited('Smartag', 'ModifySmartAccessGatewayClientUser', {
      keys: ['RegionId', 'SmartAGId', 'UserName'],
      fields: ['Email', 'Bandwidth'],
      called: { Email: 'UserMail' },
      look: account,
      find: accountIn,
    }),
    ModifyACL: edited('Smartag', 'ModifyACL', {
      keys: ['RegionId', 'AclId'],
      fields: ['Name'],
      look: ({ RegionId, AclId }) => call('Smartag', 'DescribeACLs', { RegionId, AclIds: AclId }),
      find: (answer, { AclId }) => at(answer, 'Acls', 'Acl').find((one) => one['AclId'] === AclId),
    }),
    ModifyQos: edited('Smartag', 'ModifyQos', {
      keys: ['RegionId', 'QosId'],
      fields: ['QosName', 'QosDescription'],
      emptiable: ['QosDescription'],
      look: ({ RegionId, QosId }) => call('Smartag', 'DescribeQoses', { RegionId, QosIds: QosId }),
      find: (answer, { QosId }) => at(answer, 'Qoses', 'Qos').find((one) => one['QosId'] === QosId),
    }),
    ...paired('BindSmartAccessGateway', 'UnbindSmartAccessGateway', {
      keys: ['RegionId', 'CcnId', 'SmartAGId', 'SmartAGUid'],
      look: instance,
      isThere: ({ AssociatedCcnId }, { CcnId }) => AssociatedCcnId === CcnId,
    }),
    ...associated('Acl', 'AssociateACL', 'DisassociateACL'),
    ...associated('Qos', 'AssociateQos', 'DisassociateQos'),
    ...associated('FlowLog', 'AssociateFlowLog', 'DisassociateFlowLog'),
    ...paired('EnableSmartAccessGatewayUser', 'DisableSmartAccessGatewayUser', {
      keys: ['RegionId', 'SmartAGId', 'UserName'],
      look: account,
      isThere: (answer, sent) => accountIn(answer, sent)?.['State'] === 0,
    }),
    AttachCcnInstanceToCen: {
      look: network,
      seen: (answer, sent) => ({ CenId: textOf(networkIn(answer, sent)?.['AssociatedCenId']) }),
      made: ({ CenId }) => ({ CenId: textOf(CenId) }),
      back: (sent) => [call('Smartag', 'DetachCcnInstanceFromCen', only(sent, ['RegionId', 'CcnId', 'CenId']))],
    },
    GrantSagInstanceToCcn: {
      look: grants,
      seen: grantIn,
      made: () => ({ there: 'true' }),
      back: (sent) => [call('Smartag', 'RevokeSagInstanceFromCcn', only(sent, grantKeys))],
    },
    RevokeSagInstanceFromCcn: {
      look: grants,
      seen: grantIn,
      made: () => ({ there: 'false' }),
      back: (sent, { there: _there, ...rest }) => [
        call('Smartag', 'GrantSagInstanceToCcn', { ...only(sent, grantKeys), ...rest }),
      ],
    },
    AddSnatEntry: {
      look: (sent) =>
        call('Smartag', 'DescribeSnatEntries', { ...only(sent, ['RegionId', 'SmartAGId']), PageSize: 50 }),
      seen: (answer, { CidrBlock, SnatIp }) => ({
        there: String(
          at(answer, 'SnatEntries', 'SnatEntry').some(
            (one) => one['CidrBlock'] === textOf(CidrBlock).trim() && one['SnatIp'] === textOf(SnatIp).trim(),
          ),
        ),
      }),
      made: () => ({ there: 'true' }),
      back: (sent, _before, { InstanceId }) => [
        call('Smartag', 'DeleteSnatEntry', {
          ...only(sent, ['RegionId', 'SmartAGId']),
          InstanceId: textOf(InstanceId),
        }),
      ],
    },
    ModifyAlertRule: {
      ...alertRule,
      back(sent, before, answer) {
        const [back] = alertRule.back(sent, before, answer) ?? []
        if (back === undefined) return undefined
        const { SmartAGIds, ChannelIds, QuietOffset, ...rest } = back.params
        const list = (value: unknown): readonly string[] | undefined =>
          value === undefined ? undefined : textOf(value).split(',')
        const params = { ...rest, SmartAGIds: list(SmartAGIds), ChannelIds: list(ChannelIds) }
        // Where there were no quiet hours, they are taken away by their begin and end.
        return [{ ...back, params: { ...params, QuietOffset: QuietOffset === '' ? undefined : QuietOffset } }]
      },
    },
    UpdateUser: edited('Ram', 'UpdateUser', {
      keys: ['UserName'],
      fields: ['NewDisplayName', 'NewEmail', 'NewComments'],
      called: { NewDisplayName: 'DisplayName', NewEmail: 'Email', NewComments: 'Comments' },
      emptiable: ['NewDisplayName', 'NewEmail', 'NewComments'],
      look: ({ UserName }) => call('Ram', 'GetUser', { UserName }),
      find: ({ User }) => User as Row | undefined,
    }),
    UpdateAccessKey: edited('Ram', 'UpdateAccessKey', {
      keys: ['UserName', 'UserAccessKeyId'],
      fields: ['Status'],
      look: ({ UserName }) => call('Ram', 'ListAccessKeys', { UserName }),
      find: (answer, { UserAccessKeyId }) =>
        at(answer, 'AccessKeys', 'AccessKey').find((one) => one['AccessKeyId'] === UserAccessKeyId),
    }),
    ...paired('AddUserToGroup', 'RemoveUserFromGroup', {
      product: 'Ram',
      keys: ['UserName', 'GroupName'],
      look: ({ UserName }) => call('Ram', 'ListGroupsForUser', { UserName }),
      isThere: (answer, { GroupName }) => at(answer, 'Groups', 'Group').some((one) => one['GroupName'] === GroupName),
    }),
    ...Object.assign(
      {},
      ...kinds.map((kind) =>
        paired(`AttachPolicyTo${kind}`, `DetachPolicyFrom${kind}`, {
          product: 'Ram',
          keys: [`${kind}Name`, 'PolicyName', 'PolicyType'],
          look: (sent) => call('Ram', `ListPoliciesFor${kind}`, only(sent, [`${kind}Name`])),
          isThere: (answer, { PolicyName, PolicyType }) =>
            at(answer, 'Policies', 'Policy').some(
              (one) => one['PolicyName'] === PolicyName && one['PolicyType'] === PolicyType,
            ),
        }),
      ),
    ),
  }),
)
