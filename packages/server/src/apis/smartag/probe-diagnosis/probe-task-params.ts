import { boolean, integer, text } from '../../../declare/index.ts'
import { dnatAddress } from '../../../model/dnat.ts'
import { isProbeTarget, probeProtocols, probeTypes } from '../../../model/probe-task.ts'

// What the operations on probe tasks ask for alike.

export const probeTaskId = text()
  .example('probe-8s2k1m0q7d3f5g9h1j')
  .about('The ID of the probe task.', '拨测任务的 ID。')

export const taskName = text()
  .length(2, 128)
  .matches(/^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9\u4e00-\u9fa5._-]*$/)
  .invalid('InvalidName')
  .example('test-ping')
  .about(
    'The name: 2–128 characters, first a letter or a Chinese character, then also digits, `.`, `_` and `-`.',
    '名称：2～128 个字符，以字母或汉字开头，可包含数字、`.`、`_` 和 `-`。',
  )

export const probeType = text()
  .oneOf(...probeTypes)
  .example('Internet')
  .about(
    '`Internet`: from the WAN address of the gateway. `Intranet`: from an address of the branch, by the routes of the branch.',
    '`Internet`：以网关的 WAN 地址探测。`Intranet`：以分支的地址、按分支的路由探测。',
  )

export const probeProtocol = text()
  .oneOf(...probeProtocols)
  .invalid('InvalidProbeProtocol')
  .example('ICMP')
  .about('`ICMP`, `TCP`, or with `Internet` also `HTTP`.', '`ICMP`、`TCP`，`Internet` 时还可为 `HTTP`。')

export const probeDomain = text()
  .satisfies(isProbeTarget, 'InvalidProbeDomain')
  .example('www.example.com')
  .about(
    'What is probed: an IPv4 address or a name; with `HTTP` a URL.',
    '探测对象：IPv4 地址或域名；`HTTP` 时为 URL。',
  )

export const probePort = integer()
  .range(1, 65_535)
  .invalid('InvalidProbePort')
  .example('80')
  .about('Needed with `TCP`, not used otherwise.', '`TCP` 时必须指定，否则不使用。')

export const probeSource = text()
  .readsAs(dnatAddress)
  .example('192.168.1.1')
  .about(
    'Of `Intranet`: a service address of the device for probes. Without it the address of the gateway in its first block.',
    '`Intranet` 时的源地址：设备的探测服务地址；不指定时为网关在第一个网段的地址。',
  )

export const packetNumber = integer()
  .range(1, 60)
  .example('10')
  .about('Probes of each minute: 1–60, 10 if it was never said.', '每分钟探测的次数：1～60，未指定时为 10。')

export const enable = boolean().example('true').about('Whether the gateway carries the task out.', '是否执行该任务。')

const ofUpdate = {
  en: 'The page lists no errors; UpdateProbeTask has this one.',
  zh: '该操作的文档未列出错误码，采用 UpdateProbeTask 的错误码。',
}

/** Errors of UpdateProbeTask that CreateProbeTask, for which none are listed, answers too. */
export const probeErrors = {
  InstanceNotExit: [400, 'The specified instance does not exist.', '指定的实例不存在。', ofUpdate],
  InvalidName: [400, 'The specified name is not valid.', '名称不合法。', ofUpdate],
  InvalidProbeProtocol: [400, 'The specified probe task protocol is invalid.', '拨测任务协议不合法。', ofUpdate],
  InvalidProbeDomain: [400, 'The specified probe task domain is invalid.', '拨测任务域名不合法。', ofUpdate],
  InvalidProbePort: [400, 'The specified probe task port is invalid.', '拨测任务端口不合法。', ofUpdate],
} as const

const ofService = {
  en: 'Nothing is published for it; the code is one of those that every operation of the service may answer. It answers for a source that is no service address of the device for probes.',
  zh: '没有公开的错误码；采用服务的公共错误码，表示源地址不是该设备的探测服务地址。',
}

export const sourceError = {
  ResourceInOperating: [
    400,
    'The specified resource is being used. Please try later.',
    '当前资源正在操作中，请求稍后重试。',
    ofService,
  ],
} as const
