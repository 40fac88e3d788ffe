import { z } from 'zod'

/** As the box reports it: a socket of the appliance, or an interface of the machine. */
export const portName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/)
