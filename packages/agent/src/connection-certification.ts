import { X509Certificate } from 'node:crypto'
import type { FromServer } from '@opensag/protocol'
import type { GatewayLink } from './connection-session.ts'

/** X.509, DER. */
export interface Certified {
  readonly certificate: Buffer
  /** Who signed it, and signs those of the peers. */
  readonly authority: Buffer
}

/** Brings the question for a certificate to the server, whenever there is a connection, and the answer back. */
export interface Certification {
  /**
   * For a public key (SPKI, DER). Takes as long as the server is away, and is asked again over each connection.
   * @throws when a later question takes its place
   */
  certify(spki: Buffer): Promise<Certified>
  /** There is a connection. */
  online(link: Pick<GatewayLink, 'send'>): void
  offline(): void
  /** An answer to a question that is not asked any more counts for nothing. */
  answered(answer: Omit<FromServer & { kind: 'certificate' }, 'kind'>): void
}

interface Question {
  readonly spki: Buffer
  resolve(answer: Certified): void
  reject(error: Error): void
}

export function createCertification(): Certification {
  let question: Question | undefined
  let link: Pick<GatewayLink, 'send'> | undefined

  function ask(): void {
    if (question !== undefined) link?.send({ kind: 'certify', key: question.spki.toString('base64url') })
  }

  return {
    certify(spki) {
      question?.reject(new Error('Another key is to be certified instead.'))
      return new Promise((resolve, reject) => {
        question = { spki, resolve, reject }
        ask()
      })
    },
    online(opened) {
      link = opened
      ask()
    },
    offline() {
      link = undefined
    },
    answered(answer) {
      const certificate = Buffer.from(answer.certificate, 'base64url')
      if (question === undefined || !isFor(question.spki, certificate)) return
      question.resolve({ certificate, authority: Buffer.from(answer.authority, 'base64url') })
      question = undefined
    },
  }
}

function isFor(spki: Buffer, certificate: Buffer): boolean {
  try {
    return new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' }).equals(spki)
  } catch {
    // No certificate at all: whoever asked goes on waiting for one.
    return false
  }
}
