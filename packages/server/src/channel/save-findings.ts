import { saveConfigStatus } from '../store/gateways/configurations.ts'
import { saveNetworkReport } from '../store/pops/reports.ts'
import { saveDiagnosis } from '../store/probes/diagnoses.ts'
import { saveHealthReport } from '../store/probes/health-checks.ts'
import { saveProbeResults } from '../store/probes/probe-tasks.ts'
import { saveQuality } from '../store/probes/quality.ts'
import { saveRoutes } from '../store/routes/reports.ts'
import type { Writer } from '../store/store.ts'
import type { Note } from './paced-reports.ts'

/** Writes down what a gateway said of its configuration, its network, its probes and its routes. What it said of itself is not among that. */
export async function saveFindings(
  tx: Writer,
  serial: string,
  { status, network, health, probed, measured, diagnosed, routes }: Note,
  at: number,
): Promise<void> {
  await Promise.all([
    status && saveConfigStatus(tx, serial, status, at),
    network && saveNetworkReport(tx, serial, network, at),
    health && saveHealthReport(tx, serial, health, at),
    probed && saveProbeResults(tx, serial, probed, at),
    measured && saveQuality(tx, serial, measured, at),
    diagnosed && saveDiagnosis(tx, serial, diagnosed, at),
    routes && saveRoutes(tx, serial, routes, at),
  ])
}
