import type { System } from '../network/system.ts'
import type { Echo, EchoOutcome, Prober } from './prober.ts'

/** Sends echo requests by the program `ping`, which needs no socket that Node.js lacks. */
export function pingProber(system: Pick<System, 'run'>): Pick<Prober, 'echo'> {
  return {
    async echo({ from, to, timeoutMs }: Echo): Promise<EchoOutcome> {
      try {
        const said = await system.run(['ping', '-n', '-c', '1', '-W', String(timeoutMs / 1000), '-I', from, to])
        return outcomeIn(said, timeoutMs)
      } catch (error) {
        return outcomeOf(error)
      }
    },
  }
}

function outcomeIn(said: string, timeoutMs: number): EchoOutcome {
  const [, time] = / time=([\d.]+) ms/.exec(said) ?? []
  const afterMs = Number(time)
  // It waits in whole ticks of its timer, which are longer than the shortest time an answer may take.
  return time === undefined || afterMs > timeoutMs ? { is: 'lost' } : { is: 'answered', afterMs }
}

/** @throws what is neither about the target nor about the address to send from, such as that there is no `ping` */
function outcomeOf(error: unknown): EchoOutcome {
  const text = String(error)
  if (/Cannot assign requested address|[Ii]nvalid (source )?argument|invalid source address/.test(text))
    return { is: 'unsent' }
  // 1: no answer; 2 with such a reason: it has no way there.
  if (/ ended with 1:|[Uu]nreachable|No route to host|Operation not permitted|Permission denied/.test(text))
    return { is: 'lost' }
  throw error
}
