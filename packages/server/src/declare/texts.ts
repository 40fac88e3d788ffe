export type { Texts } from '@opensag/rules'
