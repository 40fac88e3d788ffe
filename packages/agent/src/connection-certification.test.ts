import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { openTestAuthority } from '../../../test/network/authority.ts'
import { createCertification } from './connection-certification.ts'

const lack = spawnSync('openssl', ['version']).status === 0 ? undefined : 'to enable: apt-get install -y openssl'

function newKey(): Buffer {
  return generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' })
}

function openWorld() {
  const asked: string[] = []
  const certification = createCertification()
  const online = (): void =>
    certification.online({
      send(message) {
        if (message.kind === 'certify') asked.push(message.key)
      },
    })
  return { asked, certification, online }
}

test('a question waits for a connection, and is asked again over each until it is answered', () => {
  const { asked, certification, online } = openWorld()
  const key = newKey()
  void certification.certify(key)
  expect(asked).toEqual([])
  online()
  certification.offline()
  online()
  expect(asked).toEqual([key.toString('base64url'), key.toString('base64url')])
})

test('while there is a connection a question is asked at once, and without one it is not', () => {
  const { asked, certification, online } = openWorld()
  online()
  certification.certify(newKey()).catch(() => undefined)
  expect(asked).toHaveLength(1)
  certification.offline()
  void certification.certify(newKey())
  expect(asked).toHaveLength(1)
})

test.skipIf(lack !== undefined)(
  `a later question takes the place of one, whose answer counts for nothing${lack ? ` (${lack})` : ''}`,
  async () => {
    const authority = openTestAuthority()
    try {
      const { asked, certification, online } = openWorld()
      online()
      const [first, second] = [newKey(), newKey()]
      const firstAnswer = certification.certify(first)
      const replaced = expect(firstAnswer).rejects.toThrow('Another key')
      const answer = certification.certify(second)
      await replaced
      expect(asked).toHaveLength(2)
      const [ofFirst, ofSecond] = [authority.certify('a.sag', first), authority.certify('a.sag', second)]
      const text = ({ certificate, authority: signer }: typeof ofFirst) => ({
        certificate: certificate.toString('base64url'),
        authority: signer.toString('base64url'),
      })
      certification.answered(text(ofFirst))
      certification.answered({ certificate: 'no-certificate', authority: '' })
      certification.answered(text(ofSecond))
      expect(await answer).toEqual(ofSecond)
      certification.answered(text(ofSecond))
      online()
      expect(asked).toHaveLength(2)
    } finally {
      authority.close()
    }
  },
)
