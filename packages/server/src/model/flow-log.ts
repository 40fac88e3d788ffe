import type { WireFlowLog } from '@opensag/protocol'
import { canExportFlows, isFlowModel } from './device-features.ts'
import { type FeatureLack, featureLack } from './feature-lack.ts'
import type { Instance } from './instance.ts'

export const flowLogOutputs = ['sls', 'netflow', 'all'] as const
export const netflowVersions = ['V5', 'V9', 'V10'] as const

export type FlowLogOutput = (typeof flowLogOutputs)[number]
export type NetflowVersion = (typeof netflowVersions)[number]

/** How connections are recorded. Texts that were never set are empty. */
export interface FlowLogSettings {
  readonly name: string
  readonly description: string
  readonly outputType: FlowLogOutput
  readonly project: string
  readonly logstore: string
  readonly slsRegion: string
  readonly serverIp: string
  readonly serverPort: number
  readonly netflowVersion: NetflowVersion
  /** Seconds: how often a connection that lasts is recorded. */
  readonly activeAging: number
  /** Seconds after its last packet. */
  readonly inactiveAging: number
}

export interface FlowLog extends FlowLogSettings {
  readonly id: string
  readonly accountId: string
  readonly regionId: string
  readonly isActive: boolean
  readonly createdAt: number
  readonly resourceGroupId?: string | undefined
}

/** Of an account. No number is published (C). */
export const flowLogLimit = 10

/** D; stored whatever the output is. */
export const flowLogDefaults = {
  ...{ name: '', description: '', project: '', logstore: '', slsRegion: '', serverIp: '' },
  ...{ serverPort: 9995, netflowVersion: 'V9', activeAging: 300, inactiveAging: 15 },
} as const satisfies Omit<FlowLogSettings, 'outputType'>

/** What an output needs and the settings lack, in the order it is asked for. */
export function lackOf(
  log: Pick<FlowLogSettings, 'outputType' | 'project' | 'logstore' | 'slsRegion' | 'serverIp'>,
): 'ProjectName' | 'LogstoreName' | 'SlsRegionId' | 'NetflowServerIp' | undefined {
  const { outputType, project, logstore, slsRegion, serverIp } = log
  if (outputType !== 'netflow') {
    if (project === '') return 'ProjectName'
    if (logstore === '') return 'LogstoreName'
    if (slsRegion === '') return 'SlsRegionId'
  }
  return outputType !== 'sls' && serverIp === '' ? 'NetflowServerIp' : undefined
}

/** What a gateway is told of it. */
export function wireFlowLog(log: FlowLogSettings): WireFlowLog {
  const { outputType, activeAging, inactiveAging } = log
  const netflow = { ip: log.serverIp, port: log.serverPort, version: log.netflowVersion }
  const records = { region: log.slsRegion, project: log.project, logstore: log.logstore }
  return {
    activeAging,
    inactiveAging,
    ...(outputType === 'sls' ? {} : { netflow }),
    ...(outputType === 'netflow' ? {} : { records }),
  }
}

type Recorded = Pick<Instance, 'kind' | 'spec' | 'devices'>

/** It is of a kind whose connections can be recorded, whatever its version. Without a device its order says it. */
export function isRecordable({ kind, spec, devices }: Recorded): boolean {
  if (kind !== 'hardware') return false
  return devices.length === 0 ? spec === 'sag-1000' : devices.every(isFlowModel)
}

/** Why its devices cannot record connections; undefined: they can, or there is none yet. */
export function flowFeatureLack(instance: Pick<Instance, 'devices'>): FeatureLack | undefined {
  return featureLack(instance, canExportFlows)
}
