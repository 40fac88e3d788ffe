import { isMonitored } from '../../../model/dpi.ts'
import type { Instance } from '../../../model/instance.ts'

/** Whether applications are recognised and recorded; as the list of instances has it, too. */
export function shownDpi(instance: Pick<Instance, 'dpiEnabled' | 'dpiProject' | 'dpiLogstore'>): {
  readonly DpiStatus: 'On' | 'Off'
  readonly DpiMonitorStatus: 'Active' | 'Inactive'
} {
  return {
    DpiStatus: instance.dpiEnabled === true ? 'On' : 'Off',
    DpiMonitorStatus: isMonitored(instance) ? 'Active' : 'Inactive',
  }
}
