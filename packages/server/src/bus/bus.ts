/**
 * Request and reply to one gateway, wherever in the deployment its connection is held. Payloads are plain data; secrets
 * in them are already sealed to the gateway's key.
 */
export interface Bus {
  /**
   * Asks the node that holds the gateway's connection. Rejects with {@link NoResponder} at once when no node holds it,
   * and with {@link NoReply} when `timeoutMs` passes or the connection ends first.
   *
   * @param askedOnce whether it is enough that nobody answers the first time: a bus of several nodes asks again otherwise, because a
   *   gateway may be on its way from one node to another
   */
  request(serial: string, message: BusMessage, timeoutMs: number, askedOnce?: boolean): Promise<BusMessage>

  /** This node holds the gateway's connection from now on, until the returned function is called. */
  serve(
    serial: string,
    handler: (message: BusMessage, timeoutMs: number) => Promise<BusMessage>,
    connection?: ServedConnection,
  ): () => void

  /** Whether nodes can reach one another at this moment; left out where there is only one. */
  readonly isConnected?: () => boolean

  close(): Promise<void>
}

/** The connection of a gateway that a node serves, among those it has had. */
export interface ServedConnection {
  /** Which of them it is; undefined until that is recorded. */
  epoch(): number | undefined
  /** A later one is recorded: this one answers nobody any more. */
  replaced(): void
}

export type BusMessage = Readonly<Record<string, unknown>>

/** Nobody holds a connection of that gateway: it is offline. */
export class NoResponder extends Error {
  override readonly name = 'NoResponder'
}

/** The gateway was reached, or seemed so, and did not answer in time. */
export class NoReply extends Error {
  override readonly name = 'NoReply'
}
