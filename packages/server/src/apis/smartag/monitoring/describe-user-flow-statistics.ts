import { list, stringField, text, wrapped } from '../../../declare/index.ts'
import { leftOf, monthIn, monthOf, userName } from '../../../model/client-user.ts'
import { operation } from '../../operation.ts'
import { appId, ownerParams, regionId } from '../common-params.ts'
import { noCodeOfItsOwn } from '../restart.ts'

/** Accounts that one call asks about (D). */
const most = 50

export const describeUserFlowStatistics = operation({
  name: 'DescribeUserFlowStatistics',
  family: 'monitoring',
  about: {
    en: 'Show how many bytes each of these accounts has carried in a month, and how many are left of its data plan. An account that is not there is left out.',
    zh: '查询各账号某月的流量（字节）以及套餐剩余流量。不存在的账号不返回。',
  },
  source: 'Smartag 2018-03-13, DescribeUserFlowStatistics',
  access: { action: 'smartag:DescribeUserFlowStatistics', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: appId.required('SAG.InstanceIdEmpty'),
    UserNames: list(text().matches(userName))
      .required()
      .invalid('InvalidParameter')
      .satisfies((names) => names.length <= most)
      .example('doctest')
      .about('The accounts, 50 at most.', '账号的用户名，最多 50 个。'),
    StatisticsDate: text()
      .invalid('InvalidParameter')
      .satisfies((month) => monthIn(month) !== undefined)
      .example('201905')
      .about(
        'The month (UTC) as YYYYMM; without it, this month. Twelve months before it are kept.',
        '月份（UTC），格式为 YYYYMM；不填则为本月。保留之前的 12 个月。',
      ),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '智能网关实例ID为空。'],
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。', noCodeOfItsOwn],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
  },

  result: {
    SagStatistics: wrapped('Statistics', {
      UserName: stringField,
      TotalBytes: stringField,
      TotalLeaveBytes: stringField,
    }),
  },

  async run({ caller, fleet, remoteUsers, now, fail }, { RegionId, SmartAGId, UserNames, StatisticsDate }) {
    const app = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (app?.kind !== 'app') throw fail('SAG.InstanceNoFound')
    const month = monthIn(StatisticsDate ?? '') ?? monthOf(now)
    const carried = await remoteUsers.carried(app.id, UserNames, month)
    return {
      SagStatistics: [...new Set(UserNames)].flatMap((UserName) => {
        const bytes = carried.get(UserName)
        if (bytes === undefined) return []
        const left = app.dataPlan === undefined ? {} : { TotalLeaveBytes: String(leftOf(app.dataPlan, bytes)) }
        return [{ UserName, TotalBytes: String(bytes), ...left }]
      }),
    }
  },
})
