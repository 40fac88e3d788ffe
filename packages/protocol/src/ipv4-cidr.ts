import { z } from 'zod'

/** A CIDR block as messages have it. */
export const ipv4Cidr = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/)
