import type { FromGateway, LastChange } from '@opensag/protocol'

/** Which gateways this node holds. */
export type GatewayConnections = Map<string, GatewayConnection>

export type Report = Extract<FromGateway, { kind: 'report' }>

/** A gateway whose connection this node holds, from its admission until it is recorded as offline. */
export interface GatewayConnection {
  /** The key it has proved to hold. */
  readonly signKey: string
  /**
   * It is connected from now on. False when this is not its newest connection, or `last` is not the change that
   * succeeded last any more.
   */
  connect(report: Report, last: LastChange): Promise<boolean>
  receive(message: FromGateway): Promise<void>
  /** The row says that this node has its connection, unless somebody took it off since. */
  isConnected(): boolean
  /** The row may say so: from the moment that is asked for. Until then it can only speak of an older connection. */
  mayBeConnected(): boolean
  /** The password change whose turn it is. */
  attended(): string | undefined
  /** The server has another key, or a successor of it: tells the gateway, unless it knows. */
  tellIdentity(): void
  /** Ends the connection; resolves once the gateway is recorded as offline. */
  end(reason: string): Promise<void>
  /** The server stops: tells the gateway when to come back. The row is the caller's to write. */
  leave(comeBackMs: number): Promise<void>
}
