import { direct, integerField, stringField } from '../../declare/index.ts'
import { isHere } from '../is-here.ts'
import { operation } from '../operation.ts'
import { nextToken, pageOf, placeIn, tokenOf } from '../paging.ts'
import { instanceNoFound, maxResults, moment, regionId, serialNumber, smartAgId } from './history-params.ts'

export const listAdminPasswordChanges = operation({
  name: 'ListAdminPasswordChanges',
  family: 'opensag',
  about: {
    en: 'List the attempts to change the administrator passwords of the devices of an instance, the newest first: which, when, by whom, and what came of it. The value is nowhere.',
    zh: '查询实例下设备管理员密码的修改记录，新的在前：第几次修改、时间、修改者和结果。密码本身不保存在任何地方。',
  },
  source: 'our own',
  access: {
    action: 'opensag:ListAdminPasswordChanges',
    level: 'List',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    standsFor: 'smartag:DescribeSAGDeviceInfo',
  },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId,
    SerialNumber: serialNumber,
    MaxResults: maxResults,
    NextToken: nextToken(placeOf, tokenOfPlace({ requestedAt: 0, id: 'example' })),
  },

  errors: { 'SAG.InstanceNoFound': instanceNoFound },

  result: {
    Changes: direct({
      ChangeId: stringField,
      SerialNumber: stringField,
      Generation: integerField,
      Outcome: stringField,
      RequestedAt: stringField,
      DecidedAt: stringField,
      Principal: stringField,
      RequestId: stringField,
    }),
    MaxResults: integerField,
    NextToken: stringField,
  },

  async run({ caller, fleet, gatewayHistory, fail }, { RegionId, SmartAGId, SerialNumber, MaxResults, NextToken }) {
    const instance = await fleet.instanceById(SmartAGId ?? '')
    if (!isHere(instance, caller, RegionId)) throw fail('SAG.InstanceNoFound')
    const changes = await gatewayHistory.passwordChanges({
      instanceId: instance.id,
      serial: SerialNumber,
      before: NextToken,
      most: MaxResults + 1,
    })
    const { shown, more } = pageOf(changes, MaxResults, tokenOfPlace)
    return {
      Changes: shown.map((change) => ({
        ChangeId: change.id,
        SerialNumber: change.serial,
        Generation: change.generation,
        Outcome: outcomes[change.outcome],
        RequestedAt: moment(change.requestedAt),
        DecidedAt: moment(change.decidedAt),
        Principal: change.principal,
        RequestId: change.requestId,
      })),
      ...more,
    }
  },
})

const outcomes = { requested: 'InProgress', succeeded: 'Succeeded', failed: 'Failed' } as const

interface Place {
  readonly requestedAt: number
  readonly id: string
}

function tokenOfPlace({ requestedAt, id }: Place): string {
  return tokenOf(`${requestedAt} ${id}`)
}

function placeOf(token: string): Place | undefined {
  const [, requestedAt, id] = /^(\d{1,15}) ([\w-]{1,64})$/.exec(placeIn(token)) ?? []
  return id === undefined ? undefined : { requestedAt: Number(requestedAt), id }
}
