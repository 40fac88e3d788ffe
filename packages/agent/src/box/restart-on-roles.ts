import type { DesiredConfig } from '../desired-config.ts'

/**
 * Restarts a gateway once other roles of its ports are in force and confirmed (D: a change of a role restarts the device). On trial
 * they may be taken back, and a restart would only cost time for that.
 *
 * @param restart undefined: it cannot restart itself, and does with the roles what it can
 */
export function restartOnRoles(
  desiredConfig: Pick<DesiredConfig, 'inForce' | 'status' | 'onTell'>,
  restart: (() => void) | undefined,
): void {
  const roles = (): string => JSON.stringify(desiredConfig.inForce()?.config.box?.roles ?? [])
  let known = roles()
  desiredConfig.onTell(() => {
    const { trial, failing } = desiredConfig.status()
    const now = roles()
    if (now === known || trial !== undefined || failing === true) return
    known = now
    restart?.()
  })
}
