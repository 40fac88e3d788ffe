import type { Instance } from './instance.ts'

export type HardwareSpec = Exclude<Instance['spec'], 'sag-software'>

/** Encrypted cloud bandwidth that can be bought, Mbit/s (D). */
const bandwidth: Readonly<Record<HardwareSpec, { readonly min: number; readonly max: number }>> = {
  'sag-100wm': { min: 2, max: 50 },
  'sag-1000': { min: 10, max: 500 },
  'sag-vcpe': { min: 10, max: 1000 },
}

/** What an order without a bandwidth gets: the smallest (C). */
export function smallestBandwidth(spec: HardwareSpec): number {
  return bandwidth[spec].min
}

export function isBandwidth(spec: HardwareSpec, mbits: number): boolean {
  return mbits >= bandwidth[spec].min && mbits <= bandwidth[spec].max
}

/** 1 to 9 months, or whole years up to three (D). */
export function isPeriod(months: number): boolean {
  return (months >= 1 && months <= 9) || [12, 24, 36].includes(months)
}
