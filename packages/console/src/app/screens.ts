import type { Component } from 'svelte'
import type { IconName } from '../ui/icons.ts'

/** What a screen gets: the parts of the address behind its own name. */
export interface ScreenProps {
  readonly path: readonly string[]
}

/** The groups of the navigation, in their order. */
export const screenGroups = ['operate', 'work', 'govern', 'develop'] as const

type ScreenGroup = (typeof screenGroups)[number]

interface Screen {
  readonly icon: IconName
  /** Where the navigation lists it; without one it is reached from another screen. */
  readonly group?: ScreenGroup
  /** The call without which it shows nothing, and what it is about where that is not everything. `{account}` is that of the caller. */
  readonly needs?: readonly [action: string, resource?: string]
  /** Loaded when it is first looked at: the first page should not wait for the others. */
  readonly load: () => Promise<{ readonly default: Component<ScreenProps> }>
  /** What is shown when the address goes on behind the screen's name, where that is another component. */
  readonly loadInside?: () => Promise<{ readonly default: Component<ScreenProps> }>
}

/** The screens by the first part of their address, in the order of the navigation. A screen's name in words is in `shell.texts.ts`. */
const registered = {
  overview: {
    icon: 'overview',
    group: 'operate',
    needs: ['opensag:GetOverview'],
    load: () => import('../screens/overview/Overview.svelte'),
  },
  fleet: {
    icon: 'fleet',
    group: 'operate',
    needs: ['opensag:ListFleet'],
    load: () => import('../screens/fleet/Fleet.svelte'),
    // Not chosen by a condition around the imports: the bundler would forget the style sheet of one of them.
    loadInside: () => import('../screens/instance/Instance.svelte'),
  },
  branch: { icon: 'plus', load: () => import('../screens/branch/Branch.svelte') },
  networks: {
    icon: 'network',
    group: 'operate',
    needs: ['smartag:DescribeCloudConnectNetworks'],
    load: () => import('../screens/networks/Networks.svelte'),
  },
  remote: {
    icon: 'users',
    group: 'operate',
    needs: ['opensag:ListFleet'],
    load: () => import('../screens/remote/Remote.svelte'),
  },
  jobs: {
    icon: 'list',
    group: 'work',
    needs: ['opensag:ListJobs', 'acs:opensag:*:{account}:job/*'],
    load: () => import('../screens/jobs/Jobs.svelte'),
    loadInside: () => import('../screens/jobs/JobInside.svelte'),
  },
  rotation: { icon: 'rotate', load: () => import('../screens/jobs/FormerRotation.svelte') },
  alerts: {
    icon: 'bell',
    group: 'work',
    needs: ['opensag:ListAlerts', 'acs:opensag:*:{account}:alert/*'],
    load: () => import('../screens/alerts/Alerts.svelte'),
  },
  // Everybody has sessions of their own there.
  access: { icon: 'shield', group: 'govern', load: () => import('../screens/access/Access.svelte') },
  audit: {
    icon: 'audit',
    group: 'govern',
    needs: ['opensag:SearchAuditEvents'],
    load: () => import('../screens/audit/Audit.svelte'),
  },
  explorer: { icon: 'code', group: 'develop', load: () => import('../explorer/Explorer.svelte') },
  outbox: {
    icon: 'mail',
    group: 'develop',
    needs: ['opensag:ListOutboxMails'],
    load: () => import('../screens/outbox/Outbox.svelte'),
  },
} satisfies Readonly<Record<string, Screen>>

export type ScreenName = keyof typeof registered

export const screens: Readonly<Record<ScreenName, Screen>> = registered

export function isScreen(name: string): name is ScreenName {
  return Object.hasOwn(screens, name)
}

/** The page of an address that names none. */
export const startScreen: ScreenName = firstOf(['overview', 'fleet']) ?? 'fleet'

/** The first of several screens that this console has. */
export function firstOf(names: readonly string[]): ScreenName | undefined {
  return names.find(isScreen)
}
