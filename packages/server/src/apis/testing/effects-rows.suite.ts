// A call of every operation that has parameters, and the world in which each of them is done.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTestStore } from '../../store/testing/database.suite.ts'
import { predictable, type Row } from './effects.suite.ts'
import { aclRows } from './effects-acl.suite.ts'
import { alertRows } from './effects-alerts.suite.ts'
import { auditRows } from './effects-audit.suite.ts'
import { consoleSessionRows } from './effects-console-sessions.suite.ts'
import { dnsRows } from './effects-dns.suite.ts'
import { dpiRows } from './effects-dpi.suite.ts'
import { jobRows } from './effects-jobs.suite.ts'
import { monitoringRows } from './effects-monitoring.suite.ts'
import { overviewRows } from './effects-overview.suite.ts'
import { platformRows } from './effects-platform.suite.ts'
import { portRows } from './effects-ports.suite.ts'
import { qosRows } from './effects-qos.suite.ts'
import { buildRam, ramRows } from './effects-ram.suite.ts'
import { remoteUserRows } from './effects-remote-users.suite.ts'
import { routeRows } from './effects-routes.suite.ts'
import { routingRows } from './effects-routing.suite.ts'
import { securityKeyRows } from './effects-security-keys.suite.ts'
import { seriesRows } from './effects-series.suite.ts'
import { smartAgRows } from './effects-smartag.suite.ts'
import { tagRows } from './effects-tags.suite.ts'
import { toolRows } from './effects-tools.suite.ts'
import { buildSmartAg } from './effects-world.suite.ts'
import { openHarnessOn } from './harness-on.suite.ts'

export const effectRows: readonly Row[] = [
  ...smartAgRows,
  ...aclRows,
  ...alertRows,
  ...dpiRows,
  ...monitoringRows,
  ...dnsRows,
  ...portRows,
  ...qosRows,
  ...remoteUserRows,
  ...routeRows,
  ...routingRows,
  ...ramRows,
  ...platformRows,
  ...overviewRows,
  ...consoleSessionRows,
  ...auditRows,
  ...jobRows,
  ...seriesRows,
  ...toolRows,
  ...securityKeyRows,
  ...tagRows,
]

/** The folder in which that world lies, closed; worlds of their own are opened of it. */
export async function worldOfTheRows(): Promise<string> {
  const template = await mkdtemp(join(tmpdir(), 'opensag-effects-'))
  const world = await openHarnessOn(() => openTestStore(template), predictable('template'))
  await buildSmartAg(world)
  await buildRam(world)
  await world.close()
  return template
}
