/** The ways to look at the fleet; one filter is for all of them. */
export const fleetViews = ['list', 'picture', 'map'] as const
export type FleetView = (typeof fleetViews)[number]
