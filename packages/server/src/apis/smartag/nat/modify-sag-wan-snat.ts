import { text } from '../../../declare/index.ts'
import { hasOlderPorts } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { changedBox, placeOf } from '../ports/box-change.ts'
import { changeErrors } from '../ports/box-errors.ts'
import { boxParams } from '../ports/box-query.ts'

export const modifySagWanSnat = operation({
  name: 'ModifySagWanSnat',
  family: 'nat',
  about: {
    en: 'Let what a branch sends to the Internet leave by the line of its device, with the address of that, or stop it.',
    zh: '开启或关闭设备 WAN 口的公网 SNAT。',
  },
  source: 'Smartag 2018-03-13, ModifySagWanSnat',
  access: { action: 'smartag:ModifySagWanSnat', level: 'Write', resource: 'smartag/{SmartAGId}', dependent: [] },
  transaction: 'write',

  params: {
    ...boxParams,
    Snat: text()
      .required()
      .oneOf('ENABLE', 'DISABLE')
      .invalid('InvalidParameter')
      .example('ENABLE')
      .about('`ENABLE` or `DISABLE`.', '`ENABLE` 或 `DISABLE`。'),
  },

  errors: {
    'InvalidId.SMARTAG': [
      400,
      'The specified smart access gateway instance ID does not exist.',
      '智能接入网关实例 ID 不存在。',
    ],
    ...changeErrors,
  },

  result: {},

  async run(context, { RegionId, SmartAGId, SmartAGSn, Snat }) {
    const { caller, fleet, boxes, now, fail } = context
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('InvalidId.SMARTAG')
    const changed = await changedBox(context, instance, SmartAGSn, hasOlderPorts)
    const [place, how] = placeOf(changed, now, 'snat')
    await boxes.set(place, 'snat', Snat === 'ENABLE', how)
    return {}
  },
})
