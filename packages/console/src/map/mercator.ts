/** The whole turn of the earth on the grid of the map, and as high: Mercator to 85 degrees. */
export const gridSize = 3600

const radians = Math.PI / 180

export function gridX(longitude: number): number {
  return ((longitude + 180) / 360) * gridSize
}

/** Downwards, as on a screen. */
export function gridY(latitude: number): number {
  const bounded = Math.min(85, Math.max(-85, latitude))
  const y = Math.log(Math.tan(Math.PI / 4 + (bounded * radians) / 2))
  return gridSize / 2 - (y / (2 * Math.PI)) * gridSize
}
