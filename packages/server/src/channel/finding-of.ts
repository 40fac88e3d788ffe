import type { FromGateway } from '@opensag/protocol'
import type { Note } from './paced-reports.ts'

/** What a message tells of a gateway's network and of what it probed, measured and found; undefined: it is another message. */
export function findingOf(message: FromGateway): Note | undefined {
  switch (message.kind) {
    case 'network':
      return { network: message.network }
    case 'health':
      return { health: message.checks }
    case 'probed':
      return { probed: message.results }
    case 'measured':
      return { measured: message.points }
    case 'diagnosed':
      return { diagnosed: message }
    default:
      return undefined
  }
}
