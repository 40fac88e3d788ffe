import { booleanField, stringField, text } from '../../../declare/index.ts'
import { tellsBox } from '../../../model/box-task.ts'
import { operation } from '../../operation.ts'
import { changeProblem, placeOf } from '../ports/box-change.ts'
import { changeErrors, outsideTable } from '../ports/box-errors.ts'
import { newerBox, newerErrors, newerInstance, newerParams } from '../ports/newer-box.ts'

const { 'MissParameter.GatewayId': noGateway, 'SAG.InstanceNoFound': _, ...sharedErrors } = newerErrors
const { ConfigSynchronizing, ConfigUnsynchronized, ResourceInOperating, ResourceConfiguring } = changeErrors

export const updateSmartAccessGatewayWanSnat = operation({
  name: 'UpdateSmartAccessGatewayWanSnat',
  family: 'nat',
  about: {
    en: 'Let what a branch sends to the Internet leave by the line of its device of the SCG5000 family, with the address of that, or stop it.',
    zh: '开启或关闭 SCG5000 系列设备 WAN 口的公网 SNAT。',
  },
  source: 'Smartag 2018-03-13, UpdateSmartAccessGatewayWanSnat',
  access: { action: 'smartag:UpdateSmartAccessGatewayWanSnat', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    ...newerParams,
    Snat: text()
      .required('MissParameter.Snat')
      .oneOf('1', '0')
      .invalid('InvalidParameter.Snat')
      .example('1')
      .about('`1`: on. `0`: off.', '`1`：开启。`0`：关闭。'),
  },

  errors: {
    'MissParameter.GatewayId': noGateway,
    ...outsideTable(
      {
        'MissParameter.Snat': [
          400,
          'The input parameter Snat that is mandatory for processing this model is not supplied.',
          '缺少参数Snat。',
        ],
        'InvalidParameter.Snat': [
          400,
          'The input parameter Snat is not legal, please check your input.',
          '参数Snat非法，请检查您的输入。',
        ],
        'InvalidId.SMARTAG': [
          400,
          'The specified smart access gateway instance id does not exist.',
          '智能接入网关实例 ID 不存在。',
        ],
      },
      {
        en: 'The page was not seen to its end; this row, or its pattern, is of its sibling.',
        zh: '未见该操作页面的完整内容，此错误码或其格式来自同类操作。',
      },
    ),
    ...sharedErrors,
    ConfigSynchronizing,
    ConfigUnsynchronized,
    ResourceInOperating,
    ResourceConfiguring,
  },

  result: { Code: stringField, Success: booleanField, Message: stringField },

  async run(context, params) {
    const { boxes, now, fail } = context
    const instance = await newerInstance(context, params)
    if (instance === undefined) throw fail('InvalidId.SMARTAG')
    const { device, box } = await newerBox(context, instance, params.SagSn)
    // Its program does not say what it is.
    if (!tellsBox(device)) throw fail('FeatureNotSupport')
    const problem = changeProblem(device)
    if (problem !== undefined) throw fail(problem)
    const [place, how] = placeOf({ instance, device, box }, now, 'snat')
    await boxes.set(place, 'snat', params.Snat === '1', how)
    return { Code: '200', Success: true, Message: 'Successful' }
  },
})
