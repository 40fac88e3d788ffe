import { answerOfOperator, askOperatorSocket, OperatorCallFailed, type TakeChunk } from '@opensag/server/tools'
import { troubleWith } from '@opensag/server/trouble'
import { CommandFailure, UsageError } from './exit.ts'
import { say } from './say.ts'

/** Nobody answers at the data folder's socket. */
export class NoServer extends CommandFailure {
  constructor(socket: string) {
    super(say('No server is running on this data folder ({socket}).', { socket }))
  }
}

/** Sends one command to the operator socket of the server that runs on this data folder. */
export function askOperator(data: string, name: string, input: unknown): Promise<unknown> {
  return explained(answerOfOperator({ data, name, input }))
}

/** Sends one command whose answer can be longer than memory, and hands it on as it comes. */
export function askOperatorForLines(
  data: string,
  name: string,
  input: unknown,
  out: NodeJS.WritableStream,
  signal?: AbortSignal,
): Promise<void> {
  const take: TakeChunk = (chunk, response) => {
    if (out.write(chunk)) return
    response.pause()
    out.once('drain', () => response.resume())
  }
  return explained(askOperatorSocket({ data, name, input, signal }, take))
}

async function explained<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw error instanceof OperatorCallFailed ? asFailure(error) : error
  }
}

function asFailure({ why, socket, message, cause }: OperatorCallFailed): CommandFailure | UsageError {
  switch (why) {
    case 'nobody':
      return new NoServer(socket)
    case 'wrongly':
      return new UsageError(message)
    case 'refused':
      return new CommandFailure(message)
    case 'trouble':
      return socketFailure(socket, cause as NodeJS.ErrnoException)
  }
}

/** Why nobody answered at the socket of a server. */
export function socketFailure(socket: string, error: NodeJS.ErrnoException): CommandFailure {
  if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') return new NoServer(socket)
  return new CommandFailure(troubleWith(socket, error.code ?? '') ?? error.message)
}
