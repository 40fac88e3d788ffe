import { type Param, text } from '../../../declare/index.ts'

export const versionType: Param<'Device' | 'Dpi'> = text()
  .oneOf('Device', 'Dpi')
  .default('Device')
  .example('Device')
  .about(
    'Device: firmware. Dpi: signatures of applications, of which none are on offer.',
    'Device：固件。Dpi：应用特征库，目前没有可用版本。',
  )
