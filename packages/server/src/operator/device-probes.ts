import { z } from 'zod'
import { statusIn } from '../model/health-check.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import { healthChecksOf } from '../store/probes/health-checks.ts'
import { probeResultsOf, probeTasksOf } from '../store/probes/probe-tasks.ts'
import { createRepositories } from '../store/repositories.ts'
import { command } from './command.ts'
import { unknownDevice } from './devices.ts'

export const deviceProbes = command({
  name: 'device probes',
  about: 'Show what a device probes and what it found last: health checks, and the last minute of each probe task.',
  input: z.object({ serial: z.string().describe('Serial number') }),
  positional: ['serial'],
  async run({ store }, { serial }) {
    return store.read(async (db) => {
      const device = await createFleet(db).device(serial)
      if (device === undefined) throw unknownDevice(serial)
      const { instanceId } = device
      if (instanceId === undefined) return { serial, healthChecks: [], probeTasks: [] }
      const report = await createRepositories(db).healthChecks.report(serial)
      const results = await probeResultsOf(db, serial)
      const tasks = (await probeTasksOf(db, instanceId)).filter((task) => task.serial === serial)
      return {
        serial,
        healthChecks: (await healthChecksOf(db, instanceId)).map((check) => ({
          id: check.id,
          name: check.name,
          status: statusIn(report, check),
        })),
        probeTasks: tasks.map(({ id, name, protocol, domain, generation }) => {
          const found = results.find((one) => one.id === id && one.generation === generation)
          const { at, sent, answered, ms, problem } = found ?? {}
          return {
            ...{ id, name: name ?? null, protocol, target: domain },
            at: at === undefined ? null : new Date(at).toISOString(),
            ...{ sent: sent ?? null, answered: answered ?? null },
            averageMs: ms === undefined ? null : Math.round(ms.average * 1000) / 1000,
            maxMs: ms === undefined ? null : Math.round(ms.max * 1000) / 1000,
            problem: problem ?? null,
          }
        }),
      }
    })
  },
})
