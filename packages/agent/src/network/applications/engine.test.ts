import { expect, test } from 'vitest'
import { engineOf } from './engine.ts'

const listed = `Welcome to nDPI 4.2.3

nDPI supported protocols:
 Id Protocol               Layer_4  Breed        Category
  0 Unknown                TCP      Unrated      Unspecified
  8 HTTP                   TCP      Acceptable   Web
999 OfALaterVersion        TCP      Acceptable   Web

nDPI supported risks:
 Id Risk
  5 DNS                    Medium
`
const saying = (text: string) => ({ run: async () => text })
const failing = (error: Error) => ({
  run: async (): Promise<string> => {
    throw error
  },
})

test('its version is told, and what it calls HTTP is HTTP, whatever number it gives it', async () => {
  expect(await engineOf(saying(listed))).toEqual({ engine: '4.2.3', numbers: new Map([[8, 7]]) })
})

test('a machine without it, or with one that tells of packets in another form, has none', async () => {
  expect(await engineOf(saying(listed.replace('4.2.3', '4.20.1')))).toBeUndefined()
  expect(await engineOf(failing(Object.assign(new Error(), { code: 'ENOENT' })))).toBeUndefined()
  const inNamespace = 'exec of "ndpiReader" failed: No such file or directory'
  expect(await engineOf(failing(new Error(inNamespace)))).toBeUndefined()
  await expect(engineOf(failing(new Error('ndpiReader ended with SIGSEGV')))).rejects.toThrow('SIGSEGV')
})
