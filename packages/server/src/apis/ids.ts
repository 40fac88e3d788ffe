import { Secret } from '@opensag/protocol'
import { newAccessKeyPair } from '../store/access/keys.ts'
import type { Ids } from './context.ts'

const lettersAndDigits = 'abcdefghijklmnopqrstuvwxyz0123456789'
const hexDigits = '0123456789abcdef'
const letters = 'abcdefghijklmnopqrstuvwxyz'
const digits = '0123456789'
const mixed = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** Without those a person takes for one another when typing from a mail. */
const readableLetters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ'
const readableDigits = '23456789'

/** Identifiers in the wire's own forms, from the given source of random bytes. */
export function createIds(randomBytes: (size: number) => Uint8Array): Ids {
  const random = (alphabet: string, length: number): string => draw(randomBytes, alphabet, length)
  return {
    bytes: (count) => Buffer.from(randomBytes(count)),
    instance: () => `sag-${random(lettersAndDigits, 18)}`,
    withPrefix: (prefix) => `${prefix}${random(lettersAndDigits, 18)}`,
    uuid: () =>
      [random(hexDigits, 8), random(hexDigits, 4), `4${random(hexDigits, 3)}`, `a${random(hexDigits, 3)}`]
        .concat(random(hexDigits, 12))
        .join('-'),
    // 15 digits, the first not 0: it is read as a number too.
    order: () => `${random('123456789', 1)}${random(digits, 14)}`,
    vcpeSerial: () => `sag${random(lettersAndDigits, 12)}`,
    secretKey: () => Secret.of(random(lettersAndDigits, 32)),
    userPassword: () => Secret.of(random(readableLetters, 1) + random(readableLetters + readableDigits, 15)),
    sessionCredentials: () => ({
      accessKeyId: `STS.${random(mixed, 26)}`,
      accessKeySecret: Secret.of(random(mixed, 44)),
      // Tokens of the real service begin so, and clients must take whatever they are for opaque.
      securityToken: Secret.of(`CAIS${Buffer.from(randomBytes(96)).toString('base64')}`),
    }),
    enterpriseCode: () => random(letters, 3) + random(digits, 2),
    principal: () => `${random('23', 1)}${random(digits, 17)}`,
    mfaSeed: () => Secret.of(Buffer.from(randomBytes(20)).toString('hex')),
    accessKeyPair: () => newAccessKeyPair(randomBytes),
  }
}

/** Every character equally likely: bytes beyond the largest multiple of the alphabet's length are thrown away. */
function draw(randomBytes: (size: number) => Uint8Array, alphabet: string, length: number): string {
  const fair = 256 - (256 % alphabet.length)
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length)) {
      if (byte < fair) text += alphabet[byte % alphabet.length]
    }
  }
  return text
}
