import { ipv4ToNumber } from '@opensag/rules'
import { integer, type Param, text } from '../../../declare/index.ts'
import { type FlowLogSettings, flowLogDefaults, flowLogOutputs, netflowVersions } from '../../../model/flow-log.ts'
import { isRegion } from '../../../model/regions.ts'

// What the operations on flow logs ask for alike.

export const regionOf: Param<string, 'IllegalParam.RegionId'> = text()
  .required()
  .satisfies(isRegion, 'IllegalParam.RegionId')
  .blank('IllegalParam.RegionId')
  .example('cn-shanghai')

export const flowLogId: Param<string | undefined> = text()
  .example('fl-l934tsa5504yuc0000')
  .about('The ID of the flow log.', '流日志的 ID。')

export const flowLogName = text().length(1, 128).clearable().example('sag-flowlog-1').about('The name.', '名称。')

export const flowLogDescription = text()
  .length(1, 256)
  .clearable()
  .example('branches')
  .about('The description.', '描述。')

export const outputType = text()
  .oneOf(...flowLogOutputs)
  .invalid('IllegalParam.OutputType')
  .example('netflow')
  .about(
    '`netflow`: sent to a collector. `sls`: written to a file at the gateway. `all`: both.',
    '`netflow`：发送到采集器。`sls`：写入网关上的文件。`all`：两者都有。',
  )

export const activeAging = integer()
  .range(60, 6000)
  .invalid('IllegalParam.ActiveAging')
  .example('300')
  .about('How often a connection that lasts is recorded: 60–6000 seconds.', '持续的连接每隔多久记录一次：60～6000 秒。')

export const inactiveAging = integer()
  .range(10, 600)
  .invalid('IllegalParam.InactiveAging')
  .example('15')
  .about(
    'How long after its last packet a connection is recorded: 10–600 seconds.',
    '连接在最后一个报文之后多久记录：10～600 秒。',
  )

export const projectName = text()
  .length(1, 128)
  .clearable()
  .example('sag-flowlog-shanghai')
  .about('Of `sls` and `all`: a name in each record.', '`sls` 和 `all` 需要：写入每条记录的项目名称。')

export const logstoreName = text()
  .length(1, 128)
  .clearable()
  .example('flow-records')
  .about('Of `sls` and `all`: a name in each record.', '`sls` 和 `all` 需要：写入每条记录的日志库名称。')

export const slsRegionId = text()
  .satisfies(isRegion, 'IllegalParam.SlsRegionId')
  .clearable()
  .example('cn-shanghai')
  .about('Of `sls` and `all`: a region in each record.', '`sls` 和 `all` 需要：写入每条记录的地域。')

export const netflowServerIp = text()
  .satisfies((value) => ipv4ToNumber(value) !== undefined, 'IllegalParam.NetflowServerIp')
  .clearable()
  .example('192.168.0.2')
  .about('Of `netflow` and `all`: the address of the collector.', '`netflow` 和 `all` 需要：采集器的地址。')

export const netflowServerPort = integer()
  .range(1, 65_535)
  .invalid('IllegalParam.NetflowServerPort')
  .clearable()
  .example('9995')
  .about('The UDP port of the collector.', '采集器的 UDP 端口。')

export const netflowVersion = text()
  .oneOf(...netflowVersions)
  .invalid('IllegalParam.NetflowVersion')
  .clearable()
  .example('V9')
  .about('`V10` is IPFIX.', '`V10` 即 IPFIX。')

interface Sent {
  readonly Name: string | undefined
  readonly Description: string | undefined
  readonly OutputType: FlowLogSettings['outputType'] | undefined
  readonly ProjectName: string | undefined
  readonly LogstoreName: string | undefined
  readonly SlsRegionId: string | undefined
  readonly NetflowServerIp: string | undefined
  readonly NetflowServerPort: number | undefined
  readonly NetflowVersion: FlowLogSettings['netflowVersion'] | undefined
  readonly ActiveAging: number | undefined
  readonly InactiveAging: number | undefined
}

interface Merged {
  readonly settings: FlowLogSettings
  /** What was sent with nothing in it although the output needs it: the pages call it required, and give a default for its absence. */
  readonly blank: 'NetflowServerPort' | 'NetflowVersion' | undefined
}

/** What holds after a call: what it does not send stays as it was. */
export function mergedSettings(before: FlowLogSettings, sent: Sent): Merged {
  const outputType = sent.OutputType ?? before.outputType
  const [isPortBlank, isVersionBlank] = [isBlank(sent.NetflowServerPort), isBlank(sent.NetflowVersion)]
  const settings = {
    name: sent.Name ?? before.name,
    description: sent.Description ?? before.description,
    outputType,
    project: sent.ProjectName ?? before.project,
    logstore: sent.LogstoreName ?? before.logstore,
    slsRegion: sent.SlsRegionId ?? before.slsRegion,
    serverIp: sent.NetflowServerIp ?? before.serverIp,
    serverPort: isPortBlank ? flowLogDefaults.serverPort : (sent.NetflowServerPort ?? before.serverPort),
    netflowVersion: isVersionBlank ? flowLogDefaults.netflowVersion : (sent.NetflowVersion ?? before.netflowVersion),
    activeAging: sent.ActiveAging ?? before.activeAging,
    inactiveAging: sent.InactiveAging ?? before.inactiveAging,
  }
  const blank = isPortBlank ? 'NetflowServerPort' : isVersionBlank ? 'NetflowVersion' : undefined
  return { settings, blank: outputType === 'sls' ? undefined : blank }
}

/** A parameter that can be cleared arrives as an empty text, whatever its type. */
function isBlank(value: unknown): boolean {
  return value === ''
}
