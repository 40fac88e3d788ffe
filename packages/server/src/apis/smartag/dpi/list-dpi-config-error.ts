import { direct, integer, integerField, stringField, text } from '../../../declare/index.ts'
import { applicationLack } from '../../../model/dpi.ts'
import type { FiveTuple } from '../../../model/five-tuple.ts'
import { operation } from '../../operation.ts'
import { nextToken, pageOf, placeIn, tokenOf } from '../../paging.ts'
import { shownApplications } from '../application-params.ts'
import { regionId, smartAgId } from '../common-params.ts'

export const listDpiConfigError = operation({
  name: 'ListDpiConfigError',
  family: 'dpi',
  about: {
    en: 'List the gateways that do not put rules for applications in force, with these rules and the reason.',
    zh: '查询未能使应用规则生效的网关，以及相应的规则和原因。',
  },
  source: 'Smartag 2018-03-13, ListDpiConfigError',
  access: { action: 'smartag:ListDpiConfigError', level: 'List', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId.about('The region of the instances.', '实例所在的地域。'),
    DpiConfigType: text()
      .required()
      .oneOf('acl', 'qos')
      .example('acl')
      .about('Rules of access control lists, or of QoS.', '规则类型：访问控制列表，或 QoS 策略。'),
    SmartAGId: smartAgId.about('Only this instance.', '仅该实例。'),
    RuleInstanceId: text()
      .example('acl-xhwhyuo43l0n0000')
      .about('Only rules of this list or QoS.', '仅该访问控制列表或 QoS 策略的规则。'),
    MaxResults: integer()
      .range(1, 100)
      .default(10)
      .example('10')
      .about('Gateways in one answer, up to 100.', '每次返回的网关数量，最大 100。'),
    NextToken: nextToken(serialIn, tokenOf('sag32a30000')),
  },

  // The published table is empty: parameters are answered by the front door.
  errors: {},

  result: {
    DpiConfigError: direct({
      ErrorType: stringField,
      RuleConfigErrorList: direct({
        RuleId: stringField,
        DpiGroupIds: direct(stringField),
        DpiSignatureIds: direct(stringField),
      }),
      SN: stringField,
      SmartAGId: stringField,
    }),
    MaxResults: integerField,
    NextToken: stringField,
    Total: integerField,
  },

  async run({ caller, fleet, acls, qoses }, { RegionId, DpiConfigType, SmartAGId, RuleInstanceId, ...page }) {
    const { accountId } = caller
    const lists = DpiConfigType === 'acl' ? await acls.all(accountId, RegionId) : await qoses.all(accountId, RegionId)
    const rulesOf = new Map<string, readonly Rule[]>()
    for (const { id } of lists.filter((one) => (RuleInstanceId ?? one.id) === one.id)) {
      const all = DpiConfigType === 'acl' ? await acls.rules(id) : await qoses.policies(id)
      const rules = all.filter(({ applications }) => applications !== undefined)
      if (rules.length === 0) continue
      const having = DpiConfigType === 'acl' ? await acls.instancesOf(id) : (await qoses.instancesOf([id])).get(id)
      for (const instance of having ?? []) rulesOf.set(instance, rules)
    }
    const ids = [...rulesOf.keys()].filter((id) => (SmartAGId ?? id) === id)
    const filter = { accountId, regionId: RegionId, ids }
    const { instances } = await fleet.instances(filter, undefined, ({ kind }) => kind !== 'app')
    const rows = []
    for (const instance of instances) {
      const rules = rulesOf.get(instance.id) ?? []
      for (const device of instance.devices) {
        const lack = applicationLack(instance, device)
        if (lack === undefined) continue
        rows.push({
          ErrorType: lack,
          RuleConfigErrorList: rules.map((rule) => ({ RuleId: rule.id, ...shownApplications(rule) })),
          SN: device.serial,
          SmartAGId: instance.id,
        })
      }
    }
    rows.sort((one, other) => (one.SN < other.SN ? -1 : 1))
    const rest = rows.filter(({ SN }) => SN > (page.NextToken ?? ''))
    const { shown, more } = pageOf(rest, page.MaxResults, ({ SN }) => tokenOf(SN))
    return { DpiConfigError: shown, ...more, Total: rows.length }
  },
})

type Rule = Pick<FiveTuple, 'applications'> & { readonly id: string }

function serialIn(token: string): string | undefined {
  const serial = placeIn(token)
  return /^[A-Za-z0-9-]{1,64}$/.test(serial) ? serial : undefined
}
