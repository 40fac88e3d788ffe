import type { WireRoute } from '@opensag/protocol'
import type { RouteOfInstance, RouteStrategy } from '../../model/route-strategy.ts'
import type { Claim } from '../../model/static-route.ts'
import type { GatewayConfigs } from '../gateways/configurations.ts'
import type { Reader, Writer } from '../store.ts'
import { claimsAround } from './claims.ts'
import { routesOf } from './reports.ts'
import { deleteRouteStrategy, followersOf, putRouteStrategy, routeStrategiesOf } from './strategies.ts'

/** The routes of gateways, inside one unit of work. */
export class Routes {
  readonly #db: Reader | Writer
  readonly #gatewayConfigs: GatewayConfigs

  constructor(db: Reader | Writer, gatewayConfigs: GatewayConfigs) {
    this.#db = db
    this.#gatewayConfigs = gatewayConfigs
  }

  /** As the gateway said last; undefined: it has said nothing of them since it was bound. */
  of(serial: string): Promise<readonly WireRoute[] | undefined> {
    return routesOf(this.#db, serial)
  }

  /** What belongs to others in the network of an instance. */
  claimsAround(instanceId: string): Promise<readonly Claim[]> {
    return claimsAround(this.#db, instanceId)
  }

  strategies(instanceId: string): Promise<readonly RouteStrategy[]> {
    return routeStrategiesOf(this.#db, instanceId)
  }

  /** How many strategies follow each health check of an instance. */
  followers(instanceId: string): Promise<ReadonlyMap<string, number>> {
    return followersOf(this.#db, instanceId)
  }

  /** In place of the one of the same route; its gateways hold it. */
  async put(strategy: RouteStrategy): Promise<void> {
    await putRouteStrategy(this.#db as Writer, strategy)
    await this.#gatewayConfigs.refresh(strategy.instanceId)
  }

  /** Nothing where there is none of that route. */
  async remove(instanceId: string, route: RouteOfInstance): Promise<void> {
    await deleteRouteStrategy(this.#db as Writer, instanceId, route)
    await this.#gatewayConfigs.refresh(instanceId)
  }
}
