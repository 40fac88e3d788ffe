import { mostEchoes, type ToolRequest, toolTarget } from '@opensag/protocol'
import { integer, stringField, text } from '../../declare/index.ts'
import { isProgramTooOld } from '../../model/device-features.ts'
import { isHere } from '../is-here.ts'
import { operation } from '../operation.ts'
import { instanceNoFound, regionId, smartAgId } from './history-params.ts'
import { failureNames, shownResult, toolFields } from './tool-answer.ts'

export const runGatewayTool = operation({
  name: 'RunGatewayTool',
  family: 'opensag',
  about: {
    en: 'Have a gateway send echo requests, or show its routes, leases, log or counters, now. `Outcome` is `Done`, or says why there is no result.',
    zh: '让网关立即发送探测报文，或返回其路由、租约、日志或计数。`Outcome` 为 `Done`，否则说明没有结果的原因。',
  },
  source: 'OpenSAG 2026-12-01, RunGatewayTool',
  access: {
    action: 'opensag:RunGatewayTool',
    level: 'Write',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    standsFor: 'smartag:DiagnoseSmartAccessGateway',
  },
  transaction: 'device',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId,
    SerialNumber: text()
      .example('sag32a30000')
      .about('The device; without it, the one that is online.', '设备序列号；不填则为在线的设备。'),
    Tool: text()
      .required()
      .oneOf('Ping', 'Traceroute', 'Routes', 'Leases', 'Log', 'Counters')
      .example('Ping')
      .about('What it is to do.', '要执行的工具。'),
    Target: text()
      .satisfies((target) => toolTarget.safeParse(target.toLowerCase()).success)
      .example('10.0.1.1')
      .about(
        'Of Ping and Traceroute: an IPv4 address or a host name.',
        'Ping 和 Traceroute 的目标：IPv4 地址或主机名。',
      ),
    Count: integer()
      .range(1, mostEchoes)
      .default(4)
      .example('4')
      .about('Echo requests of Ping, up to 10.', 'Ping 的请求数，最大 10。'),
    From: text()
      .oneOf('Lan', 'Wan')
      .default('Lan')
      .example('Lan')
      .about(
        '`Lan`: as a terminal of the branch; `Wan`: as the gateway itself.',
        '`Lan`：如同分支内的终端；`Wan`：由网关自身发出。',
      ),
  },

  errors: {
    'SAG.InstanceNoFound': instanceNoFound,
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。'],
    'Sag.DeviceNotExist': [400, 'The specified device does not exist.', '当前设备不存在。'],
    SmartAccessGatewayNotOnline: [
      403,
      'The specified smart access gateway is not online.',
      '该智能接入网关当前不是在线状态，无法完成操作。',
    ],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性。',
    ],
    ResourceInOperating: [403, 'The gateway is busy with another tool.', '网关正在执行其他工具。'],
    'NoAnswer.Gateway': [403, 'The gateway did not answer in time.', '网关未在规定时间内应答。'],
  },

  result: { SerialNumber: stringField, ...toolFields },

  async run({ caller, fleet, gateways, began, fail }, { RegionId, SmartAGId, SerialNumber, ...params }) {
    const request = requestOf(params)
    if (request === undefined) throw fail('InvalidParameter')
    const instance = await fleet.instanceById(SmartAGId ?? '')
    if (!isHere(instance, caller, RegionId)) throw fail('SAG.InstanceNoFound')
    const meant = instance.devices.filter(({ serial }) => SerialNumber === undefined || serial === SerialNumber)
    const device = meant.find(({ connected }) => connected) ?? meant[0]
    if (device === undefined) throw fail('Sag.DeviceNotExist')
    if (!device.connected) throw fail('SmartAccessGatewayNotOnline')
    if (isProgramTooOld(device, 'tools')) throw fail('FeatureNotSupport')

    const { serial } = device
    const outcome = await gateways.tool({ serial, began }, request)
    if (outcome === 'offline') throw fail('SmartAccessGatewayNotOnline')
    if (outcome === 'too old') throw fail('FeatureNotSupport') // it came back with an older program meanwhile
    if (outcome === 'unknown') throw fail('NoAnswer.Gateway')
    if (outcome.is === 'busy') throw fail('ResourceInOperating')
    if (outcome.is === 'undone') {
      return { SerialNumber: serial, Outcome: failureNames[outcome.why], Detail: outcome.detail }
    }
    const { result, isSimulated } = outcome
    return { SerialNumber: serial, Outcome: 'Done', Simulated: isSimulated, ...shownResult(result) }
  },
})

interface Asked {
  readonly Tool: 'Ping' | 'Traceroute' | 'Routes' | 'Leases' | 'Log' | 'Counters'
  readonly Target: string | undefined
  readonly Count: number
  readonly From: 'Lan' | 'Wan'
}

/** Undefined: a target is missing, or nothing is sent to any. */
function requestOf({ Tool, Target, Count, From }: Asked): ToolRequest | undefined {
  const target = Target?.toLowerCase()
  const from = From === 'Lan' ? 'lan' : 'wan'
  if (Tool === 'Ping') return target === undefined ? undefined : { tool: 'ping', target, from, count: Count }
  if (Tool === 'Traceroute') return target === undefined ? undefined : { tool: 'traceroute', target, from }
  if (target !== undefined) return undefined
  return { tool: Tool.toLowerCase() as 'routes' | 'leases' | 'log' | 'counters' }
}
