import { keyOf, type PlannedGateway } from '@opensag/rotation'
import { csvText } from '../app/csv.ts'
import type { GatewayProgress } from './run.ts'

interface Given {
  /** Made for each gateway before the first call. */
  readonly passwords: ReadonlyMap<string, string>
  readonly isRunning: boolean
}

/**
 * One line a gateway that a password was made for. Its password is there as long as it may be in force or come into force: of
 * one that kept the old one, or was never begun, it is nobody's.
 */
export function passwordList(
  plan: readonly PlannedGateway[],
  progress: ReadonlyMap<string, GatewayProgress>,
  { passwords, isRunning }: Given,
): string {
  const lines = plan
    .filter(({ wave }) => wave !== undefined)
    .map((gateway) => {
      const key = keyOf(gateway)
      const known = progress.get(key)
      const isOpen = known?.outcome === undefined && (isRunning || known?.password !== undefined)
      const password = isOpen ? passwords.get(key) : known?.password
      return [
        ...[gateway.regionId, gateway.instanceId, gateway.serial],
        ...[known?.outcome?.is ?? 'pending', password, gateway.instanceName],
      ]
    })
  return csvText([['region', 'instance', 'serial', 'outcome', 'password', 'name'], ...lines])
}
