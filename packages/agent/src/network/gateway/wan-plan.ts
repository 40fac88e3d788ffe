import type { WireConfig } from '@opensag/protocol'

/** What is set of the line to the Internet. Nothing set: it is the affair of the machine. */
export interface WanPlan {
  /** Undefined: the machine has its address by itself. */
  readonly address: { readonly ip: string; readonly length: number; readonly gateway: string } | undefined
  /** The address is there already, and not the gateway's: it stays when this is not set any more. */
  readonly isThere: boolean
  /** Nothing is sent to the Internet by it. */
  readonly isIdle: boolean
  /** Mbit/s that it sends at most; undefined: no limit of its own. */
  readonly megabits: number | undefined
}

/** @param others addresses that the machine has there by itself, with their lengths */
export function planWan(box: WireConfig['box'], port: string, others: readonly string[]): WanPlan {
  const set = box?.wan?.find((one) => one.port === port)
  const { ip, length, gateway } = set ?? {}
  const isFixed = set?.type === 'STATIC' && ip !== undefined && length !== undefined && gateway !== undefined
  return {
    address: isFixed ? { ip, length, gateway } : undefined,
    isThere: isFixed && others.includes(`${ip}/${length}`),
    isIdle: set?.priority === -1,
    megabits: set?.bandwidth,
  }
}

/**
 * Both halves of the Internet: together they are before every default route of the machine, which so stays as it is and counts
 * again once they are gone.
 */
export const halves = ['0.0.0.0/1', '128.0.0.0/1'] as const

/** Routes of the machine's own table, as `ip route` takes them. */
export function wanRoutes(wan: string, { address, isIdle }: WanPlan): readonly string[] {
  if (isIdle) return halves.map((half) => `unreachable ${half}`)
  if (address === undefined) return []
  return halves.map((half) => `${half} via ${address.gateway} dev ${wan} src ${address.ip}`)
}
