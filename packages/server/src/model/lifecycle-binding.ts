import { deviceLimit, roleOfNext } from './binding.ts'
import type { Device } from './device.ts'
import { explore, type Lifecycle, type Rules } from './explore.ts'

type Role = Pick<Device, 'role'>

interface Slots {
  /** The other device of the instance. */
  readonly other: readonly Role[]
  readonly own: Device['role']
}

function roles({ other, own }: Slots): readonly Role[] {
  return own === undefined ? other : [...other, { role: own }]
}

/** One device, beside another that comes and goes. */
export const bindingRules: Rules<Slots> = {
  name: { en: 'Binding of a device', zh: '设备绑定' },
  about: {
    en: 'A device belongs to no instance, or is the active or the standby one of its two.',
    zh: '设备未绑定，或为实例的主设备、备设备。',
  },
  start: { other: [], own: undefined },
  stateOf: ({ own }) => own ?? 'inventory',
  happenings: [
    {
      event: { en: 'BindSerialNumber, as the first', zh: 'BindSerialNumber（第一台）' },
      after: (slots) => (slots.other.length === 0 ? bound(slots) : undefined),
    },
    {
      event: { en: 'BindSerialNumber, beside another', zh: 'BindSerialNumber（已有一台）' },
      after: (slots) => (slots.other.length > 0 ? bound(slots) : undefined),
    },
    {
      event: { en: 'UnbindSerialNumber', zh: 'UnbindSerialNumber' },
      after: ({ other, own }) => (own === undefined ? undefined : { other: promoted(other), own: undefined }),
    },
    {
      event: { en: 'the other device is bound', zh: '绑定另一台设备' },
      after: (slots) =>
        slots.other.length === 0 ? { ...slots, other: [{ role: roleOfNext(roles(slots)) }] } : undefined,
    },
    {
      event: { en: 'the active device is unbound', zh: '主设备解绑' },
      after: ({ other, own }) => {
        if (other.length === 0) return undefined
        return { other: [], own: own === undefined ? undefined : roleOfNext([]) }
      },
    },
  ],
}

function bound(slots: Slots): Slots | undefined {
  if (slots.own !== undefined || slots.other.length >= deviceLimit('hardware')) return undefined
  return { ...slots, own: roleOfNext(roles(slots)) }
}

/** Whoever is left is the first. */
function promoted(left: readonly Role[]): readonly Role[] {
  return left.map(() => ({ role: roleOfNext([]) }))
}

export const bindingLifecycle: Lifecycle = explore(bindingRules)
