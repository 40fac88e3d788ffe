import { z } from 'zod'
import { type OperatorContext, OperatorMistake } from './command.ts'

/** Where `whom` finds this server. */
export function serverInput(whom: string) {
  return z
    .string()
    .regex(/^(wss?|https?):\/\/[A-Za-z0-9.:[\]-]+$/, 'write wss://host or wss://host:port')
    .refine(isSafe, 'a gateway connects over TLS (wss://); without only to its own machine')
    .optional()
    .describe(
      `URL at which ${whom} reaches this server (default: --public-url of the server, else the address that it listens on)`,
    )
}

export function caInput(whom: string) {
  return z
    .string()
    .regex(/^[\w./@+-]+$/, 'write a path without blanks or quotes')
    .optional()
    .describe(`Printed command: file on ${whom} with the private authority of the certificate of the server`)
}

/** @throws OperatorMistake when nobody has said it */
export function serverUrl({ channelUrl }: OperatorContext, given: string | undefined, whom: string): string {
  const url = given?.replace(/^http/, 'ws') ?? channelUrl
  if (url === undefined) {
    throw new OperatorMistake(
      `Give --server: the URL at which ${whom} reaches this server, e.g. wss://sag.example.com.`,
    )
  }
  return url
}

/** The agent refuses any other. */
function isSafe(url: string): boolean {
  return /^(wss|https):/.test(url) || /^(ws|http):\/\/(localhost|127\.[\d.]+|\[::1\])(:|$)/.test(url)
}
