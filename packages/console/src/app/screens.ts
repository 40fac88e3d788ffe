import type { Component } from 'svelte'
import type { IconName } from '../ui/icons.ts'

export type ScreenName = 'fleet' | 'networks' | 'remote' | 'rotation' | 'access' | 'audit' | 'explorer' | 'outbox'

/** What a screen gets: the parts of the address behind its own name. */
export interface ScreenProps {
  readonly path: readonly string[]
}

interface Screen {
  readonly icon: IconName
  readonly group: 'operate' | 'govern' | 'develop'
  /** Loaded when it is first looked at: the first page should not wait for the others. */
  readonly load: () => Promise<{ readonly default: Component<ScreenProps> }>
  /** What is shown when the address goes on behind the screen's name, where that is another component. */
  readonly loadInside?: () => Promise<{ readonly default: Component<ScreenProps> }>
}

/** The screens by the first part of their address, in the order of the navigation. */
export const screens: Readonly<Record<ScreenName, Screen>> = {
  fleet: {
    icon: 'fleet',
    group: 'operate',
    load: () => import('../screens/fleet/Fleet.svelte'),
    // Not chosen by a condition around the imports: the bundler would forget the style sheet of one of them.
    loadInside: () => import('../screens/instance/Instance.svelte'),
  },
  networks: { icon: 'network', group: 'operate', load: () => import('../screens/networks/Networks.svelte') },
  remote: { icon: 'users', group: 'operate', load: () => import('../screens/remote/Remote.svelte') },
  rotation: { icon: 'rotate', group: 'operate', load: () => import('../screens/rotation/Rotation.svelte') },
  access: { icon: 'shield', group: 'govern', load: () => import('../screens/access/Access.svelte') },
  audit: { icon: 'audit', group: 'govern', load: () => import('../screens/audit/Audit.svelte') },
  explorer: { icon: 'code', group: 'develop', load: () => import('../explorer/Explorer.svelte') },
  outbox: { icon: 'mail', group: 'develop', load: () => import('../screens/outbox/Outbox.svelte') },
}

export function isScreen(name: string): name is ScreenName {
  return Object.hasOwn(screens, name)
}
