import { z } from 'zod'
import type { settingsHelp } from '../chinese/settings-help.ts'

/** One setting: a flag, a variable and a line of the configuration file all mean the same. */
export interface Setting {
  readonly flag: string
  readonly variable: string
  readonly placeholder: string
  /** In English; a text without its Chinese does not compile. */
  readonly about: keyof typeof settingsHelp
  readonly schema: z.ZodType
  readonly programs: readonly Program[]
  /** How a person sees a value in force that may hold a secret. */
  readonly shown?: (value: unknown) => string
  /** Why a text must not be given as a flag, in a sentence that does not repeat it. */
  readonly asFlag?: (text: string) => string | undefined
}

export type Program = 'sandbox' | 'server'

export const both: readonly Program[] = ['sandbox', 'server']
export const serverOnly: readonly Program[] = ['server']
export const port = z.coerce.number().int().min(0).max(65_535)
export const commaList = z
  .union([z.string().transform((text) => text.split(',')), z.array(z.string())])
  .transform((items) => items.map((item) => item.trim()).filter((item) => item !== ''))
