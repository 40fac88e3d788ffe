import { describe, expect, test } from 'vitest'
import { layOut, mostSingle } from './picture.ts'
import type { FleetRow } from './row.ts'

const size = { width: 800, height: 420 }

function rows(count: number): readonly FleetRow[] {
  return Array.from({ length: count }, (_, index) => ({
    SmartAGId: `sag-${index}`,
    RegionId: 'cn-shanghai',
    InstanceType: index % 5 === 0 ? ('app' as const) : ('hardware' as const),
    Status: index % 3 === 0 ? 'Offline' : 'Active',
    BusinessState: 'Normal' as const,
    DeviceCount: 1,
    OnlineCount: 1,
    LockedCount: 0,
    CreateTime: 0,
  }))
}

describe('the picture of a network', () => {
  test.each([0, 1, 2, 14, 15, 36, 37, mostSingle])(
    'shows %i instances each alone, inside the frame, apart',
    (count) => {
      const nodes = layOut(rows(count), size)
      expect(nodes).toHaveLength(count)
      for (const node of nodes) {
        expect(node.x).toBeGreaterThanOrEqual(node.radius)
        expect(node.x).toBeLessThanOrEqual(size.width - node.radius)
        expect(node.y).toBeGreaterThanOrEqual(node.radius)
        expect(node.y).toBeLessThanOrEqual(size.height - node.radius)
      }
      for (const [index, one] of nodes.entries()) {
        for (const other of nodes.slice(index + 1)) {
          expect(Math.hypot(one.x - other.x, one.y - other.y), `${one.key} ${other.key}`).toBeGreaterThan(
            one.radius + other.radius,
          )
        }
      }
    },
  )

  test('counts them by kind and health when they are many, and loses none', () => {
    const nodes = layOut(rows(20_000), size)
    expect(nodes.length).toBeLessThanOrEqual(21)
    expect(nodes.reduce((sum, { count }) => sum + count, 0)).toBe(20_000)
    expect(nodes.every(({ row }) => row === undefined)).toBe(true)
  })
})
