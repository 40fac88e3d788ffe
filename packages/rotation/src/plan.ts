import type { Gateway } from './gateway.ts'
import type { PlannedGateway } from './journal-record.ts'
import { chooseOperation } from './operation.ts'
import { planWaves, type WaveSettings } from './waves.ts'

/** Every gateway with the operation that is for it and the wave it belongs to; those no operation is for come last. */
export function planRotation(gateways: readonly Gateway[], settings: WaveSettings): readonly PlannedGateway[] {
  const chosen = gateways.map((gateway) => ({ gateway, choice: chooseOperation(gateway) }))
  const able = chosen.filter(({ choice }) => 'operation' in choice)
  const choices = new Map(chosen.map(({ gateway, choice }) => [gateway, choice]))
  const waves = planWaves(
    able.map(({ gateway }) => gateway),
    settings,
  )
  return [
    ...waves.flatMap((wave, number) =>
      wave.map((gateway) => ({ ...gateway, wave: number, choice: choices.get(gateway) ?? chooseOperation(gateway) })),
    ),
    ...chosen
      .filter(({ choice }) => 'unsupported' in choice)
      .map(({ gateway, choice }) => ({ ...gateway, wave: undefined, choice })),
  ]
}
