import { mostDiagnosed } from '@opensag/protocol'
import { canDiagnose } from '../../../model/monitoring.ts'
import { operation } from '../../operation.ts'
import { ownerParams, smartAgId, smartAgSn } from '../common-params.ts'
import { noCodeOfItsOwn } from '../restart.ts'
import { diagnosedDevice, diagnosisErrors, diagnosisRegion } from './diagnosed-device.ts'

export const diagnoseSmartAccessGateway = operation({
  name: 'DiagnoseSmartAccessGateway',
  family: 'probe-diagnosis',
  about: {
    en: 'Have a device look at its ports, its configuration, its name server, its tunnels and the ways they take. DiscribeSmartAccessGatewayDiagnosisReport tells what it found, within a minute.',
    zh: '让设备检查其端口、配置、域名解析、隧道及其路径。一分钟内由 DiscribeSmartAccessGatewayDiagnosisReport 查询结果。',
  },
  source: 'Smartag 2018-03-13, DiagnoseSmartAccessGateway',
  access: { action: 'smartag:DiagnoseSmartAccessGateway', level: 'Write', resource: '*', dependent: [] },
  transaction: 'device',

  params: {
    RegionId: diagnosisRegion,
    SmartAGId: smartAgId.required('MissingParameter'),
    SmartAGSn: smartAgSn.required('MissingParameter'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    ...diagnosisErrors,
    SmartAccessGatewayNotOnline: [
      403,
      'The specified smart access gateway is not online.',
      '该智能接入网关当前不是在线状态，无法完成操作。',
      noCodeOfItsOwn,
    ],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性。',
      noCodeOfItsOwn,
    ],
  },

  result: {},

  async run(context, params) {
    const { unit, gateways, ids, circumstances, began, fail } = context
    const { device } = await diagnosedDevice(context, params)
    if (!device.connected) throw fail('SmartAccessGatewayNotOnline')
    if (!canDiagnose(device)) throw fail('FeatureNotSupport')
    const id = ids.withPrefix('dia-')
    const { serial } = device
    // Before it is asked: its answer belongs to this.
    const { before, pops } = await unit.write(async ({ diagnoses, accessPoints }) => {
      const last = await diagnoses.of(serial)
      // Devices tell by the wall clock, also in a sandbox whose months were moved.
      await diagnoses.begin(serial, id, circumstances.at)
      return { before: last, pops: await accessPoints.all() }
    })
    const addresses = pops.slice(0, mostDiagnosed).map(({ endpoint }) => endpoint)
    const outcome = await gateways.ask({ serial, began }, { kind: 'diagnose', id, addresses })
    if (outcome === 'unreachable') {
      await unit.write(({ diagnoses }) => diagnoses.takeBack(serial, id, before))
      throw fail('SmartAccessGatewayNotOnline')
    }
    return {}
  },
})
