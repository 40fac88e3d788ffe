import type { ConfigStatus, WireConfig } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { restartOnRoles } from './restart-on-roles.ts'

const mark = { instanceId: 'sag-x', revision: 1 }
const config: WireConfig = {
  ...{ cidrs: [], routingStrategy: 'static', securityLockThreshold: 0, snat: [], probeAddresses: [] },
}
const withRole = (role: 'ECC' | 'NONE'): WireConfig => ({ ...config, box: { roles: [{ port: '3', role }] } })

function gateway(first: WireConfig): {
  readonly restarts: () => number
  has(config: WireConfig, status?: ConfigStatus): void
} {
  let inForce = first
  let status: ConfigStatus = {}
  let tell = (): void => {}
  let restarts = 0
  restartOnRoles(
    {
      inForce: () => ({ ...mark, config: inForce }),
      status: () => status,
      onTell(listener) {
        tell = listener
      },
    },
    () => {
      restarts += 1
    },
  )
  return {
    restarts: () => restarts,
    has(next, said = {}) {
      inForce = next
      status = said
      tell()
    },
  }
}

test('a gateway restarts once other roles of its ports are confirmed, and not for anything else', () => {
  const { has, restarts } = gateway(config)
  has(withRole('ECC'), { trial: 1 })
  has(withRole('ECC'), { failing: true })
  expect(restarts()).toBe(0)
  has(withRole('ECC'))
  has({ ...withRole('ECC'), cidrs: ['10.1.0.0/24'] })
  expect(restarts()).toBe(1)
  has(withRole('NONE'))
  expect(restarts()).toBe(2)
})

test('roles that were taken back, and those it has started with, restart nothing', () => {
  const { has, restarts } = gateway(withRole('ECC'))
  has(withRole('NONE'), { trial: 1 })
  has(withRole('ECC'))
  expect(restarts()).toBe(0)
})
