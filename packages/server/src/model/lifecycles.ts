import type { Lifecycle } from './explore.ts'
import { bindingLifecycle } from './lifecycle-binding.ts'
import { lockLifecycle } from './lifecycle-lock.ts'
import { orderLifecycles } from './lifecycle-order.ts'
import { sessionLifecycle } from './lifecycle-session.ts'
import { statusLifecycles } from './lifecycle-status.ts'
import { syncLifecycle } from './lifecycle-sync.ts'
import { upgradeLifecycle } from './lifecycle-upgrade.ts'

/** The lifecycles of the domain, drawn by walking the very rules that decide. */
export const lifecycles: readonly Lifecycle[] = [
  ...orderLifecycles,
  ...statusLifecycles,
  bindingLifecycle,
  lockLifecycle,
  syncLifecycle,
  upgradeLifecycle,
  sessionLifecycle,
]
