import { booleanField, direct, integerField, stringField, text } from '../../declare/index.ts'
import type { DeviceModel } from '../../model/device.ts'
import { FleetSummary, mostRows, type Trouble, type TroubleRow } from '../../model/fleet-summary.ts'
import { healthOfGateway } from '../../model/gateway-health.ts'
import type { Scope } from '../../model/scope.ts'
import type { OperationContext } from '../context.ts'
import { operation } from '../operation.ts'
import { digestOf } from './fleet-ranges.ts'
import { moment } from './history-params.ts'
import { shownTags, tagFields } from './instance-tags/tag-params.ts'

/** Instances that are looked at before others have their turn. */
const pageSize = 500
const dayMs = 24 * 3_600_000

const models: readonly DeviceModel[] = ['sag-1000', 'sag-100wm', 'SCG5000', 'SCG5000-5G', 'sag-vcpe']

export const getOverview = operation({
  name: 'GetOverview',
  family: 'opensag',
  about: {
    en: 'Count the instances of the account by state, and the devices by version; tell what needs somebody, the gravest first: of each kind the total and the first ten. What is not known is left out. `Since`, as the last answer gave it: nothing but `Since` where all is as it was.',
    zh: '按状态统计账号的实例，按版本统计设备，并列出需要处理的事项（严重者在前）：每类返回总数与前十项。未知的不返回。传入上次返回的 `Since` 时，如无变化则只返回 `Since`。',
  },
  source: 'OpenSAG 2026-12-01, GetOverview',
  access: {
    action: 'opensag:GetOverview',
    level: 'List',
    resource: 'smartag/*',
    dependent: [],
    standsFor: 'smartag:DescribeSmartAccessGateways',
    lists: 'smartag',
  },
  transaction: 'listing',

  params: {
    Since: text()
      .matches(/^[\w-]{1,64}$/)
      .example('h3Jk_2aQ')
      .about('What the caller has: the `Since` of the last answer.', '调用方已有的数据：上次返回的 `Since`。'),
  },

  errors: {},

  result: {
    TotalCount: integerField,
    InPart: booleanField,
    States: direct({ State: stringField, Count: integerField }),
    Troubles: direct({
      Kind: stringField,
      TotalCount: integerField,
      Instances: direct({
        SmartAGId: stringField,
        RegionId: stringField,
        Name: stringField,
        Tags: tagFields,
        SerialNumber: stringField,
        Since: stringField,
        Cause: stringField,
        Ending: stringField,
        EndTime: stringField,
        Version: stringField,
      }),
    }),
    Versions: direct({ Model: stringField, Version: stringField, Count: integerField, Behind: booleanField }),
    OtherVersionCount: integerField,
    Since: stringField,
  },

  async run(context, { Since }) {
    const { caller, fleet, scope, now } = context
    const firmware = (await Promise.all(models.map((model) => fleet.firmware(model)))).flat()
    const summary = new FleetSummary({ now, firmware })
    const total = await eachInstance(context, summary)
    const troubles = summary.troubles()
    const failed = await failedPasswords(context, caller.accountId, scope)
    const causes = await causesOf(context, troubles, summary.anyConnected())
    const { shown, others } = summary.versions()
    const told = {
      TotalCount: total,
      InPart: scope === undefined ? undefined : true,
      States: summary.healths().map(([State, Count]) => ({ State, Count })),
      Troubles: withFailed(troubles, failed).map(({ kind, total: count, rows }) => ({
        Kind: kind,
        TotalCount: count,
        Instances: rows.map((row) => shownRow(row, causes.get(row.device?.serial ?? ''))),
      })),
      Versions: shown.map(({ model, version, count, isBehind }) => {
        return { Model: model, Version: version, Count: count, Behind: isBehind }
      }),
      OtherVersionCount: others === 0 ? undefined : others,
    }
    const digest = digestOf([told])
    return digest === Since ? { Since } : { ...told, Since: digest }
  },
})

type Context = Pick<OperationContext, 'caller' | 'fleet' | 'scope' | 'unit' | 'now' | 'circumstances'>

async function eachInstance({ caller, fleet, scope }: Context, summary: FleetSummary): Promise<number> {
  let total = 0
  let after: string | undefined
  for (;;) {
    const page = await fleet.overview({ accountId: caller.accountId, scope, after }, pageSize)
    for (const { instance } of page) summary.add(instance)
    total += page.length
    if (page.length < pageSize) return total
    after = page.at(-1)?.instance.id
  }
}

interface Why {
  readonly cause: string
  readonly ending: string | undefined
}

/** Of the devices that are told of only. */
async function causesOf(
  { caller, scope, unit }: Context,
  troubles: readonly Trouble[],
  anySeen: boolean,
): Promise<ReadonlyMap<string, Why>> {
  const devices = troubles.flatMap(({ rows }) => rows.flatMap(({ device }) => device ?? []))
  if (devices.length === 0) return new Map()
  const { absences, othersConnected } = await unit.read(async ({ gatewayHistory }) => ({
    absences: await gatewayHistory.absences(devices.map(({ serial }) => serial)),
    // Whoever sees all of them has looked already. It is none of those that are away.
    othersConnected: anySeen || (scope !== undefined && (await gatewayHistory.othersConnected(caller.accountId, ''))),
  }))
  return new Map(
    devices.map((device) => {
      const absence = absences.get(device.serial) ?? { ending: undefined, secondIdentity: false }
      const { state, cause, ending } = healthOfGateway(device, absence, { othersConnected, isInArrears: false })
      return [device.serial, { cause: cause ?? state, ending }]
    }),
  )
}

async function failedPasswords(
  { unit, circumstances }: Context,
  accountId: string,
  scope: Scope | undefined,
): Promise<Trouble> {
  const wanted = { accountId, since: circumstances.at - dayMs, scope, most: mostRows }
  const { total, newest } = await unit.read(({ gatewayHistory }) => gatewayHistory.failedPasswords(wanted))
  const rows = newest.map(({ instanceId, regionId, name, at }) => ({ instanceId, regionId, name, since: at }))
  return { kind: 'PasswordFailed', total, rows }
}

function withFailed(troubles: readonly Trouble[], failed: Trouble): readonly Trouble[] {
  if (failed.total === 0) return troubles
  const place = troubles.findIndex(({ kind }) => ['Overdue', 'DefaultPassword', 'Behind', 'EndsSoon'].includes(kind))
  return place === -1 ? [...troubles, failed] : [...troubles.slice(0, place), failed, ...troubles.slice(place)]
}

function shownRow(
  { instanceId, regionId, name, tags, device, since, endsAt, version }: TroubleRow,
  why: Why | undefined,
) {
  return {
    SmartAGId: instanceId,
    RegionId: regionId,
    Name: name,
    Tags: shownTags(tags),
    SerialNumber: device?.serial,
    Since: moment(since),
    Cause: why?.cause,
    Ending: why?.ending,
    EndTime: moment(endsAt),
    Version: version,
  }
}
