import { z } from 'zod'

/** A secret sealed to a gateway's key: the encapsulated key and the ciphertext, base64url. */
export const sealedMessageSchema = z.object({
  enc: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  ciphertext: z.string().regex(/^[A-Za-z0-9_-]{1,700}$/),
})

export type SealedMessage = Readonly<z.infer<typeof sealedMessageSchema>>
