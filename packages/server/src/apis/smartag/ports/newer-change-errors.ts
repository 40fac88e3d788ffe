import { changeErrors } from './box-errors.ts'
import { newerErrors } from './newer-box.ts'

const { ConfigSynchronizing, ConfigUnsynchronized, ResourceInOperating, ResourceConfiguring } = changeErrors

/** What every change of a box of the SCG5000 family may be refused with, beside the codes for its parameters. */
export const newerChangeErrors = {
  ...newerErrors,
  ConfigSynchronizing,
  ConfigUnsynchronized,
  ResourceInOperating,
  ResourceConfiguring,
} as const
