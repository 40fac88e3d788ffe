import type { ProbeProtocol, ProbeType } from '../../model/probe-task.ts'

/** What gateways probe. */
export interface ProbeTables {
  health_check: HealthCheckTable
  health_report: HealthReportTable
  probe_task: ProbeTaskTable
  probe_report: ProbeReportTable
  point_quality: PointQualityTable
  diagnosis: DiagnosisTable
}

/** What the gateways of an instance probe again and again. Addresses are numbers, times milliseconds. */
export interface HealthCheckTable {
  id: string
  instance_id: string
  generation: number
  name: string
  description: string | null
  source: number
  destination: number
  source_port: number | null
  destination_port: number | null
  interval_ms: number
  probe_count: number
  timeout_ms: number
  slow_ms: number
  slow_answers: number
  failures: number
  created_at: number
}

/** What a gateway said last of its health checks, as JSON. */
export interface HealthReportTable {
  serial: string
  at: number
  report: string
}

/** What one device probes once a minute. */
export interface ProbeTaskTable {
  id: string
  instance_id: string
  serial: string
  generation: number
  name: string | null
  type: ProbeType
  protocol: ProbeProtocol
  domain: string
  port: number | null
  source: number | null
  packets: number
  enabled: number
  created_at: number
  modified_at: number
}

/** What came of the last round of each task of a device, as JSON. */
export interface ProbeReportTable {
  serial: string
  at: number
  report: string
}

/** What a device measured last of each point of presence, as JSON. */
export interface PointQualityTable {
  serial: string
  at: number
  report: string
}

/** The last diagnosis of a device. */
export interface DiagnosisTable {
  serial: string
  id: string
  /** Both of the wall clock of the server. */
  asked_at: number
  told_at: number | null
  /** What the device found, as JSON; null: it has not said so. */
  report: string | null
}
